package dev.nettcp.transport.tls;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Usage;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates are believed: WCF's validation modes. */
class CertificateValidationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Root");
    private static final TestAuthority STRANGER = TestAuthority.create("Root"); // of the same name
    private static final TestCertificate SERVICE = AUTHORITY.issue(Wish.forServer("a.example"));
    private static final TestCertificate EXPIRED =
            AUTHORITY.issue(Wish.forServer("a.example").expired());
    private static final TestCertificate SELF_SIGNED = TestAuthority.selfSigned(Wish.forServer("a.example"));

    private final CertificateValidation chainTrust =
            CertificateValidation.chainTrust(List.of(AUTHORITY.root())).withRevocationMode(RevocationMode.NO_CHECK);

    @Test
    void chainTrustWantsAChainToARoot() {
        believes(chainTrust, SERVICE);
        refuses(chainTrust, STRANGER.issue(Wish.forServer("a.example")), "no chain leads from it (issued by CN=Root)");
        refuses(chainTrust, SELF_SIGNED, "no chain leads from it");
        refuses(chainTrust, EXPIRED, "NotAfter");
    }

    @Test
    void chainTrustFindsTheWayOverIssuersThatWereSentInWhateverOrder() {
        TestAuthority below = AUTHORITY.intermediate("Department");
        TestCertificate deep = below.intermediate("Office").issue(Wish.forServer("a.example"));
        believes(chainTrust, deep);
        List<X509Certificate> mixed =
                List.of(deep.chain().get(0), deep.chain().get(2), deep.chain().get(1));
        assertThatCode(() -> chainTrust.check(mixed, true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> chainTrust.check(deep.chain().subList(0, 1), true))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void whatIsTrustedItselfNeedsNoChain() {
        believes(CertificateValidation.chainTrust(List.of(SELF_SIGNED.certificate())), SELF_SIGNED);
    }

    @Test
    void aServiceMustNotShowACertificateThatIsForClientsOnly() {
        TestCertificate client = AUTHORITY.issue(Wish.of("CN=a.example").withUsages(Usage.CLIENT));
        refuses(chainTrust, client, "no chain leads from it");
        assertThatCode(() -> chainTrust.check(client.chain(), false)).doesNotThrowAnyException();
        believes(chainTrust, AUTHORITY.issue(Wish.of("CN=a.example")));
    }

    @Test
    void theRootsOfTheJdkDoNotVouchForOurs() {
        refuses(CertificateValidation.chainTrust(), SERVICE, "roots that are trusted");
    }

    @Test
    void rootsMayComeFromAFile(@TempDir Path dir) throws IOException {
        Path pem = Files.writeString(
                dir.resolve("ca.pem"), "the authority:\n" + TestCertificate.pem(List.of(AUTHORITY.root())));
        believes(CertificateValidation.chainTrust(pem).withRevocationMode(RevocationMode.NO_CHECK), SERVICE);
        Path empty = Files.writeString(dir.resolve("empty.pem"), "nothing\n");
        assertThatThrownBy(() -> CertificateValidation.chainTrust(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem holds no certificate");
    }

    @Test
    void peerTrustWantsExactlyTheseCertificates() {
        CertificateValidation peers =
                CertificateValidation.peerTrust(List.of(SELF_SIGNED.certificate(), EXPIRED.certificate()));
        believes(peers, SELF_SIGNED);
        refuses(peers, EXPIRED, "NotAfter");
        refuses(peers, SERVICE, "none of the 2 certificates");
        assertThatThrownBy(() -> peers.withRevocationMode(RevocationMode.ONLINE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chain trust only");
    }

    @Test
    void eitherOfTheTwoWillDo() {
        CertificateValidation either = CertificateValidation.peerOrChainTrust(
                        List.of(SELF_SIGNED.certificate()), List.of(AUTHORITY.root()))
                .withRevocationMode(RevocationMode.NO_CHECK);
        believes(either, SELF_SIGNED);
        believes(either, SERVICE);
        refuses(either, STRANGER.issue(Wish.forServer("a.example")), "no chain");
    }

    @Test
    void noneBelievesEverybodyAndCustomWhomItLikes() {
        believes(CertificateValidation.none(), EXPIRED);
        CertificateValidation custom = CertificateValidation.custom(chain -> {
            if (!chain.get(0).equals(SERVICE.certificate())) {
                throw new CertificateException("not one of ours");
            }
        });
        believes(custom, SERVICE);
        refuses(custom, SELF_SIGNED, "not one of ours");
    }

    @Test
    void aCertificateOfWhoseRevocationNothingCanBeLearnedIsRefusedWithAWayOut() {
        refuses(chainTrust.withRevocationMode(RevocationMode.ONLINE), SERVICE, "revocationMode NO_CHECK");
        refuses(chainTrust.withRevocationMode(RevocationMode.OFFLINE), SERVICE, "revocationMode NO_CHECK");
    }

    @Test
    void revocationListsThatAreGivenAreLookedInto() {
        CertificateValidation offline = chainTrust.withRevocationMode(RevocationMode.OFFLINE);
        believes(offline.withRevocationLists(() -> List.of(AUTHORITY.revocationList())), SERVICE);
        refuses(
                offline.withRevocationLists(() -> List.of(AUTHORITY.revocationList(SERVICE.certificate()))),
                SERVICE,
                "has been revoked");
    }

    @Test
    void revocationListsThatACertificateNamesAreFetched() {
        try (ScriptedListener web = ScriptedListener.open()) {
            CertificateValidation online = chainTrust.withRevocationMode(RevocationMode.ONLINE);
            TestCertificate good = AUTHORITY.issue(namesList(web, "good"));
            answers(web, AUTHORITY.revocationList());
            believes(online, good);
            believes(online, good); // from what was kept

            TestCertificate revoked = AUTHORITY.issue(namesList(web, "revoked"));
            answers(web, AUTHORITY.revocationList(revoked.certificate()));
            refuses(online, revoked, "has been revoked");

            TestCertificate unknown = AUTHORITY.issue(namesList(web, "none"));
            answers(web, null);
            answers(web, null); // asked for once more, since the first time gave nothing
            refuses(online, unknown, "nothing could be learned");
        }
    }

    private static Wish namesList(ScriptedListener web, String name) {
        return Wish.forServer("a.example").withCrlAddresses("http://127.0.0.1:" + web.port() + "/" + name + ".crl");
    }

    /** Answers one request, with 404 if there is no list. */
    private static void answers(ScriptedListener web, @Nullable X509CRL list) {
        CompletableFuture.runAsync(() -> {
            try (ScriptedPeer browser = web.accept()) {
                byte[] body = list == null ? new byte[0] : list.getEncoded();
                String head = "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(list == null ? "404 Not Found" : "200 OK", body.length);
                browser.receives(4);
                browser.sends(head.getBytes(StandardCharsets.US_ASCII));
                browser.sends(body);
                browser.endsItsDirection();
                browser.receivesUntilEndOrReset();
            } catch (CRLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void believes(CertificateValidation validation, TestCertificate certificate) {
        assertThatCode(() -> validation.check(certificate.chain(), true)).doesNotThrowAnyException();
    }

    private static void refuses(CertificateValidation validation, TestCertificate certificate, String why) {
        assertThatThrownBy(() -> validation.check(certificate.chain(), true))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(why);
    }
}
