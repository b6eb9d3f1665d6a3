package dev.nettcp.sharing.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.nettcp.sharing.service.config.ConfigException;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.testkit.NoLeftovers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What keeps a service from starting is said in one sentence, and nothing is left of the attempt. */
@ExtendWith(NoLeftovers.class)
class StartTest {
    @TempDir
    private Path directory;

    @Test
    void aGroupThatThisHostDoesNotKnowIsRefusedWithItsLineBeforeAnythingIsMade() throws Exception {
        ServiceConfig config = ServiceConfig.parse("c.yml", "controlSocket:\n  group: no-such-group-here\n")
                .withControlSocket(directory.resolve("new").resolve("control.sock"));

        assertThatThrownBy(() -> PortSharingService.launch(config))
                .isInstanceOf(ConfigException.class)
                .hasMessage("c.yml:2: controlSocket.group: this host knows no group 'no-such-group-here'");
        assertThat(files()).isEmpty();
    }

    @Test
    void aPathTooLongForASocketIsRefusedByItsNameAndItsLength() throws Exception {
        Path tooLong = directory.resolve("x".repeat(98 - directory.toString().length() - 1));

        assertThatThrownBy(() -> PortSharingService.launch(at(tooLong)))
                .isInstanceOf(ServiceStartException.class)
                .hasMessageStartingWith(
                        "The control socket cannot be at %s: its path has 98 bytes, and at most 97 are possible."
                                .formatted(tooLong));
        assertThat(files()).isEmpty();

        PortSharingService.launch(
                        at(directory.resolve(tooLong.getFileName().toString().substring(1))))
                .close();
    }

    @Test
    void aPathWithDotsIsTheOneItStandsFor() throws Exception {
        Path dotted = directory.resolve("absent").resolve("..").resolve("control.sock");

        try (PortSharingService service = PortSharingService.launch(at(dotted))) {
            assertThat(service.controlSocket()).isEqualTo(directory.resolve("control.sock"));
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsSaidWithoutTheNameOfAClass() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(
                        () -> PortSharingService.launch(at(file.resolve("below").resolve("control.sock"))))
                .isInstanceOf(ServiceStartException.class)
                .message()
                .startsWith("The control socket cannot be at " + file)
                .doesNotContain("Exception")
                .contains("controlSocket.path");
    }

    @Test
    void aServiceThatDidNotStartHasNothingToSayOfItsEnd() throws Exception {
        Path occupied = Files.createDirectory(directory.resolve("control.sock"));
        Files.createFile(occupied.resolve("file"));
        var logger = (Logger) LoggerFactory.getLogger(PortSharingService.class);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        logger.addAppender(logged);
        try {
            assertThatThrownBy(() -> PortSharingService.launch(at(occupied)))
                    .isInstanceOf(ServiceStartException.class)
                    .hasMessageContaining(occupied.toString());
        } finally {
            logger.detachAppender(logged);
        }
        assertThat(logged.list).isEmpty();
        assertThat(occupied.resolve("file")).exists();
    }

    private static ServiceConfig at(Path socket) {
        return ServiceConfig.defaults().withControlSocket(socket);
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
