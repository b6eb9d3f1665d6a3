package dev.nettcp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.ClientCredentialType;
import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.Operations;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.soap.BinaryContent;
import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.transport.tls.TlsCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every piece of Java on the page about client and server compiles, runs against what the page says is there, and prints what it says. */
class ClientAndServerPageTest {
    private static final Path PAGE = Path.of("../docs/client-and-server.md");
    private static final Pattern PIECE =
            Pattern.compile("<!-- given: (?<given>.*?) -->\n```java\n(?<code>.*?)```", Pattern.DOTALL);
    private static final Pattern ANY_PIECE = Pattern.compile("```java\n");

    private static final TestAuthority AUTHORITY = TestAuthority.create("Test CA");
    private static final TestCertificate SERVICE = AUTHORITY.issue(Wish.forServer("localhost"));

    /** What a reader of the page has around its lines; what they print is kept. */
    private static final String PAGE_CLASS = """
            import dev.nettcp.binding.*;
            import dev.nettcp.binding.config.*;
            import dev.nettcp.soap.*;
            import dev.nettcp.transport.tls.*;
            import java.io.*;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;

            public class Page {
                static class System {
                    static final Out out = new Out();
                }
                static class Out {
                    final List<String> said = new ArrayList<>();
                    void println(Object what) {
                        said.add(String.valueOf(what));
                    }
                }
                public static List<String> run() throws Exception {
                    // here
                    return System.out.said;
                }
            }
            """;

    /** A piece of the page: what is there when it runs, and its lines. */
    private record Piece(int number, String given, String code) {}

    /** What is there while a piece runs. */
    private interface Given extends AutoCloseable {
        @Override
        void close();
    }

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> whatThePageShowsCompilesAndRuns() throws IOException {
        String page = Files.readString(PAGE);
        List<Piece> pieces = new ArrayList<>();
        PIECE.matcher(page)
                .results()
                .forEach(found -> pieces.add(new Piece(pieces.size(), found.group(1), found.group(2))));

        assertThat(pieces).hasSize((int) ANY_PIECE.matcher(page).results().count());
        return pieces.stream()
                .map(piece -> DynamicTest.dynamicTest(piece.number() + ": " + piece.given(), () -> run(piece)));
    }

    private void run(Piece piece) throws Exception {
        int port = FreePort.next();
        Path place = Files.createDirectory(directory.resolve("piece" + piece.number()));
        String code = piece.code()
                .replace(":9000/", ":" + port + "/")
                .replace("server.example.org", "localhost")
                .replace("Path.of(\"", "Path.of(\"" + place + "/");
        try (Given given = given(piece.given(), port, place)) {
            assertThat(given).isNotNull();
            check(piece.given(), runCompiled(code, place), port);
        }
    }

    private static void check(String given, List<String> said, int port) {
        switch (given) {
            case "calculator over tls" -> assertThat(said).isEqualTo(List.of("115.99"));
            case "nobody" ->
                assertThat(said)
                        .singleElement()
                        .asString()
                        .startsWith("CONNECT: No connection for net.tcp://localhost:" + port);
            case "file store" -> assertThat(said).isEqualTo(List.of("1000000 bytes"));
            case "app.config" -> assertThat(said).singleElement().asString().contains("transactionProtocol is ignored");
            case "nothing" ->
                assertThat(said)
                        .isSubsetOf("net.tcp://localhost:" + port + "/services/calculator", "Hello, Ada!")
                        .hasSize(1);
            default -> assertThat(said).isEmpty();
        }
    }

    /** What the page says is there. */
    private static Given given(String what, int port, Path place) throws IOException {
        String base = "net.tcp://localhost:" + port + "/";
        return switch (what) {
            case "nothing", "nobody" -> () -> {};
            case "calculator over tls" -> calculatorOverTls(base, place);
            case "slow service" -> slow(base);
            case "file store" -> fileStore(base, place);
            case "echo" -> served(base + "echo", plain().build(), (request, session) -> request);
            case "app.config" -> {
                appConfig(port, place, "None");
                yield () -> {};
            }
            case "app.config over tls" -> {
                SERVICE.writePkcs12(place.resolve("server.p12"), "secret");
                appConfig(port, place, "Transport");
                yield () -> {};
            }
            default -> throw new AssertionError("the page has something given that this test does not know: " + what);
        };
    }

    private static Given served(String address, NetTcpBinding binding, MessageHandler handler) throws IOException {
        return NetTcpServer.open(address, binding, handler)::close;
    }

    private static NetTcpBinding.Builder plain() {
        return NetTcpBinding.builder().security(SecurityMode.NONE);
    }

    private static Given calculatorOverTls(String base, Path place) throws IOException {
        Files.writeString(place.resolve("ca.pem"), TestCertificate.pem(List.of(AUTHORITY.root())));
        NetTcpBinding binding = NetTcpBinding.builder()
                .security(SecurityMode.TRANSPORT)
                .transportSecurity(TransportSecurity.tls(ClientCredentialType.NONE)
                        .withServiceCertificate(new TlsCertificate(SERVICE.key(), SERVICE.chain())))
                .build();
        return served(
                base + "calculator",
                binding,
                Operations.of(Map.of("http://tempuri.org/ICalculator/Add", (request, session) -> added(request))));
    }

    private static Message added(Message request) throws Exception {
        TypedXMLStreamReader in = request.body();
        in.nextTag();
        double n1 = in.getElementAsDouble();
        in.nextTag();
        double n2 = in.getElementAsDouble();
        ElementName response = ElementName.of("http://tempuri.org/", "AddResponse");
        return Message.of("http://tempuri.org/ICalculator/AddResponse", out -> {
            response.start(out);
            response.sibling("AddResult").write(out, String.valueOf(n1 + n2));
            out.writeEndElement();
        });
    }

    private static Given slow(String base) throws IOException {
        return served(
                base + "slow", plain().build(), (request, session) -> Message.empty(request.action() + "Response"));
    }

    private static Given fileStore(String base, Path place) throws IOException {
        Files.write(place.resolve("large.bin"), new byte[1_000_000]);
        NetTcpBinding binding = plain().transferMode(TransferMode.STREAMED)
                .maxReceivedMessageSize(10_000_000)
                .build();
        return served(base + "files", binding, (request, session) -> stored(request));
    }

    private static Message stored(Message request) throws Exception {
        TypedXMLStreamReader in = request.body();
        in.nextTag();
        long bytes = BinaryContent.read(in).transferTo(OutputStream.nullOutputStream());
        ElementName result = ElementName.of("http://tempuri.org/", "UploadResult");
        return Message.of("http://tempuri.org/IFiles/UploadResponse", out -> result.write(out, bytes + " bytes"));
    }

    private static void appConfig(int port, Path place, String security) throws IOException {
        Files.writeString(place.resolve("app.config"), """
                <configuration>
                  <system.serviceModel>
                    <bindings>
                      <netTcpBinding>
                        <binding name="Shared" transactionProtocol="OleTransactions">
                          <security mode="%s"><transport clientCredentialType="None"/></security>
                        </binding>
                      </netTcpBinding>
                    </bindings>
                    <services>
                      <service name="Acme.Shop.ShopService">
                        <endpoint address="net.tcp://localhost:%d/shop" binding="netTcpBinding" bindingConfiguration="Shared"
                                  contract="Acme.Shop.IOrders"/>
                      </service>
                    </services>
                    <client>
                      <endpoint name="Orders" address="net.tcp://localhost:%d/shop" binding="netTcpBinding"
                                bindingConfiguration="Shared" contract="Acme.Shop.IOrders"/>
                    </client>
                  </system.serviceModel>
                </configuration>
                """.formatted(security, port, port).replace(
                "<security mode=\"None\"><transport clientCredentialType=\"None\"/></security>",
                "<security mode=\"None\"/>"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> runCompiled(String code, Path place) throws Exception {
        compile(PAGE_CLASS.replace("// here", code), place);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {place.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
            return (List<String>) loader.loadClass("Page").getMethod("run").invoke(null);
        }
    }

    private static void compile(String source, Path place) throws IOException {
        Path file = Files.writeString(place.resolve("Page.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-d", place.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(compiled).as(complaints + source).isTrue();
    }
}
