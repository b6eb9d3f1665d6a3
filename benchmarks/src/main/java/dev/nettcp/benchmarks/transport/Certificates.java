package dev.nettcp.benchmarks.transport;

import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What servers show and clients trust: one certificate for {@code localhost}, of a key on the curve P-256, made for one run. */
final class Certificates {

    private Certificates() {}

    static void create(Path directory) throws IOException {
        TestAuthority authority = TestAuthority.create("Benchmarks");
        TestCertificate server = authority.issue(TestAuthority.Wish.forServer("localhost"));
        Files.writeString(chain(directory), server.pemChain());
        Files.writeString(key(directory), server.pemKey());
        Files.writeString(authority(directory), TestCertificate.pem(List.of(authority.certificate())));
    }

    static Path chain(Path directory) {
        return directory.resolve("server.pem");
    }

    static Path key(Path directory) {
        return directory.resolve("server.key");
    }

    static Path authority(Path directory) {
        return directory.resolve("authority.pem");
    }
}
