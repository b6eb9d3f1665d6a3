package dev.nettcp.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates with their keys, out of the files that people have. */
class TlsCertificateTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Root").intermediate("Department");

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void keyAndChainComeFromPkcs12OrPem(String kind) throws IOException {
        TestCertificate made = AUTHORITY.issue(Wish.forServer("a.example").withKey(kind));
        TlsCertificate expected = new TlsCertificate(made.key(), made.chain());
        assertThat(made.chain()).hasSize(2);

        Path p12 = made.writePkcs12(dir.resolve("a.p12"), "secret");
        assertThat(TlsCertificate.pkcs12(p12, "secret")).isEqualTo(expected);

        Path chain = Files.writeString(dir.resolve("chain.pem"), "Subject: a\n" + made.pemChain());
        Path key = Files.writeString(dir.resolve("key.pem"), made.pemKey());
        assertThat(TlsCertificate.pem(chain, key)).isEqualTo(expected);

        Path both = Files.writeString(dir.resolve("both.pem"), made.pemKey() + made.pemChain());
        assertThat(TlsCertificate.pem(both, both)).isEqualTo(expected);
    }

    @Test
    void whatIsWrongWithAFileIsSaid() throws IOException {
        TestCertificate made = AUTHORITY.issue(Wish.forServer("a.example"));
        Path p12 = made.writePkcs12(dir.resolve("a.p12"), "secret");
        assertThatThrownBy(() -> TlsCertificate.pkcs12(p12, "wrong")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TlsCertificate.pkcs12(dir.resolve("none.p12"), "secret"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.p12");

        Path chain = Files.writeString(dir.resolve("chain.pem"), made.pemChain());
        Path locked = Files.writeString(
                dir.resolve("locked.pem"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertThatThrownBy(() -> TlsCertificate.pem(chain, locked))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[ENCRYPTED PRIVATE KEY]")
                .hasMessageContaining("openssl pkcs8");
        Path other = Files.writeString(
                dir.resolve("rsa.pem"),
                AUTHORITY.issue(Wish.of("CN=b").withKey("RSA")).pemKey());
        assertThatThrownBy(() -> TlsCertificate.pem(chain, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no key of the kind EC");
    }

    @Test
    void theKeyDoesNotShowInTexts() {
        TestCertificate made = AUTHORITY.issue(Wish.forServer("a.example"));
        assertThat(new TlsCertificate(made.key(), made.chain())).hasToString("certificate of CN=a.example");
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> TlsSettings.DEFAULT.withProtocols(Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one version");
        assertThatThrownBy(() -> TlsSettings.DEFAULT.withProtocols(Set.of("TLS12")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"TLS12\" is none of this JDK's")
                .hasMessageContaining("TLSv1.2");
        assertThatThrownBy(() -> CertificateValidation.chainTrust(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one root");
        TestCertificate rsa = AUTHORITY.issue(Wish.of("CN=b").withKey("RSA"));
        TestCertificate ec = AUTHORITY.issue(Wish.of("CN=c"));
        assertThatThrownBy(() -> new TlsCertificate(rsa.key(), ec.chain()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CN=c has a key of the kind EC, the private key is RSA");
    }
}
