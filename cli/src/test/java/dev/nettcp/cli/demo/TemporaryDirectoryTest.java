package dev.nettcp.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TemporaryDirectoryTest {
    private final String prefix = "nettcp-test-%s-".formatted(UUID.randomUUID());
    private final TemporaryDirectory first = TemporaryDirectory.create(prefix);

    @AfterEach
    void close() {
        if (Files.exists(first.path())) first.close();
    }

    @Test
    void closingRemovesItWithItsFiles() throws IOException {
        Files.writeString(first.path().resolve("worker.log"), "text");
        first.close();
        assertThat(first.path()).doesNotExist();
    }

    @Test
    void oneThatIsInUseIsLeftAlone() throws IOException {
        Files.setLastModifiedTime(first.path(), FileTime.from(Instant.EPOCH));
        try (var second = TemporaryDirectory.create(prefix)) {
            assertThat(first.path()).exists();
            assertThat(second.path()).exists().isNotEqualTo(first.path());
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNextOne() throws IOException {
        Path left = sibling("left");
        Files.createFile(left.resolve("alive"));
        Files.createFile(left.resolve("control.sock"));
        try (var second = TemporaryDirectory.create(prefix)) {
            assertThat(left).doesNotExist();
            assertThat(second.path()).exists();
        }
    }

    @Test
    void oneThatIsJustBeingMadeIsNotTakenForOneThatWasLeft() throws IOException {
        Path young = sibling("young");
        try (var second = TemporaryDirectory.create(prefix)) {
            assertThat(young).exists();
            Files.setLastModifiedTime(young, FileTime.from(Instant.EPOCH));
            TemporaryDirectory.create(prefix).close();
            assertThat(young).doesNotExist();
            assertThat(second.path()).exists();
        }
    }

    @Test
    void whatOnlyLooksLikeOneIsLeftAlone() throws IOException {
        Path link = first.path().resolveSibling(prefix + "link");
        Files.createSymbolicLink(link, first.path());
        try (var second = TemporaryDirectory.create(prefix)) {
            assertThat(second.path()).exists();
            assertThat(Files.isSymbolicLink(link)).isTrue();
            assertThat(first.path().resolve("alive")).exists();
        } finally {
            Files.delete(link);
        }
    }

    private Path sibling(String name) throws IOException {
        return Files.createDirectory(first.path().resolveSibling(prefix + name));
    }
}
