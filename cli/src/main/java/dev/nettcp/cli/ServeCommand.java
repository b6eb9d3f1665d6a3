package dev.nettcp.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.ServiceStartException;
import dev.nettcp.sharing.service.config.ConfigException;
import dev.nettcp.sharing.service.config.ServiceConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The port sharing service in the foreground. */
@Command(
        name = "serve",
        description = "Run the port sharing service in the foreground until it is told to stop (Ctrl-C, SIGTERM).",
        footer = {
            "",
            "A port is opened when the first worker registers an address on it, and closed when the last one has gone. "
                    + "Any user can run a service; ports below 1024 need a privilege."
        })
@SuppressWarnings("NullAway.Init") // filled by picocli
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, in YAML. Without it every setting has its default.")
    private @Nullable Path config;

    @Mixin
    private ControlSocketOption control;

    @Override
    public Integer call() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        try (PortSharingService service = PortSharingService.launch(settings())) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("nettcp %s, process %d"
                    .formatted(Nettcp.Version.number(), ProcessHandle.current().pid()));
            out.println("registrations at " + service.controlSocket());
            out.println("ports are opened as workers register; stop with Ctrl-C");
            out.flush();
            service.awaitStopped();
        } catch (ConfigException | ServiceStartException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            return ExitCode.OK; // told to stop; the service is closed on the way out
        }
        return ExitCode.OK;
    }

    private ServiceConfig settings() throws ConfigException {
        ServiceConfig settings = config == null ? ServiceConfig.defaults() : ServiceConfig.load(config);
        Optional<Path> socket = control.setting();
        return socket.isPresent() ? settings.withControlSocket(socket.get()) : settings;
    }
}
