package dev.nettcp.sharing.service.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything the service can be told. {@link #defaults()} needs no file; {@link #load} reads one, and refuses unknown keys and
 * bad values by file, line and name.
 */
public record ServiceConfig(
        AcceptSettings accepting,
        AllowAccounts allowAccounts,
        Parity parity,
        ControlSocketSettings controlSocket,
        RegistrationSettings registrations,
        HandoverSettings handover,
        DrainSettings draining,
        Duration stopTimeout,
        SettingPlaces places) {

    /** What holds without a file. */
    public static ServiceConfig defaults() {
        try {
            return parse("defaults", "");
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a YAML file in UTF-8. */
    public static ServiceConfig load(Path file) throws ConfigException {
        if (Files.isDirectory(file)) {
            throw unreadable(file, "is a directory, not a file");
        }
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
        } catch (MalformedInputException e) {
            throw unreadable(file, "is not text in UTF-8");
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + FileTrouble.why(e));
        }
    }

    /** Reads the text of a file; the source is its name in messages. */
    public static ServiceConfig parse(String source, String yaml) throws ConfigException {
        return of(ConfigFile.parse(source, yaml), Runtime.getRuntime().availableProcessors());
    }

    static ServiceConfig of(ConfigFile file, int processors) throws ConfigException {
        return new ServiceConfig(
                AcceptSettings.of(file, processors),
                AllowAccounts.of(file),
                file.value(Settings.PARITY),
                ControlSocketSettings.of(file),
                RegistrationSettings.of(file, DescriptorLimit.ofThisProcess()),
                HandoverSettings.of(file),
                DrainSettings.of(file),
                file.value(Settings.STOP_TIMEOUT),
                file.places());
    }

    /** The same with the control socket at another place, as the command line may ask. */
    public ServiceConfig withControlSocket(Path path) {
        return new ServiceConfig(
                accepting,
                allowAccounts,
                parity,
                new ControlSocketSettings(Optional.of(path), controlSocket.mode(), controlSocket.group()),
                registrations,
                handover,
                draining,
                stopTimeout,
                places);
    }

    private static ConfigException unreadable(Path file, String why) {
        return new ConfigException(List.of(new ConfigException.Problem(file.toString(), 0, "", why)));
    }
}
