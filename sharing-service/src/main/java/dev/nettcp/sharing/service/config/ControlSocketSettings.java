package dev.nettcp.sharing.service.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The socket file workers connect to.
 *
 * @param path where it lies; empty for the usual places
 * @param mode its permission bits
 * @param group its group and that of its directory; empty for the group of the service
 */
public record ControlSocketSettings(Optional<Path> path, int mode, Optional<String> group) {

    static ControlSocketSettings of(ConfigFile file) {
        return new ControlSocketSettings(
                file.written(Settings.CONTROL_PATH).map(Path::of),
                file.value(Settings.CONTROL_MODE),
                file.written(Settings.CONTROL_GROUP));
    }
}
