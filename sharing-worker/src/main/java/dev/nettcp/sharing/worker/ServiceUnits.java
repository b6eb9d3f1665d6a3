package dev.nettcp.sharing.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the service is installed as a systemd unit: then its absence means that nobody has enabled it. */
record ServiceUnits(List<Path> directories) {
    static final String UNIT = "nettcpd";

    /** Where systemd looks, and packages and administrators put units. */
    static final ServiceUnits OF_SYSTEM = new ServiceUnits(List.of(
            Path.of("/etc/systemd/system"), Path.of("/usr/lib/systemd/system"), Path.of("/lib/systemd/system")));

    boolean areInstalled() {
        return directories.stream()
                .anyMatch(directory -> Files.exists(directory.resolve(UNIT + ".service"))
                        || Files.exists(directory.resolve(UNIT + ".socket")));
    }
}
