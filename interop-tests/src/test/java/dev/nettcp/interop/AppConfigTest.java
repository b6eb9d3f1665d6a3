package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.config.AppConfig;
import dev.nettcp.binding.config.ConfiguredService;
import dev.nettcp.interop.peers.DotNetClient;
import dev.nettcp.interop.peers.ScenarioRun;
import dev.nettcp.interop.services.SharedPort;
import dev.nettcp.interop.services.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configuration file of a .NET host, but for the port that of Microsoft's port sharing sample, opens our server, which a .NET client calls. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppConfigTest {
    private static final List<String> CALCULATOR = List.of("calculator-add", "calculator-divide", "calculator-all");
    private static final List<String> RAW = List.of("raw-echo-text", "raw-echo-1-mib", "raw-one-way");

    private SharedPort shared;
    private ConfiguredService service;
    private NetTcpServer server;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        shared = SharedPort.open();
        Path file = directory.resolve("calculators.config");
        try (InputStream in = Objects.requireNonNull(AppConfigTest.class.getResourceAsStream("calculators.config"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, text.replace(":9000/", ":" + shared.port() + "/"));
        }
        service = AppConfig.read(file).service("Microsoft.Samples.NetTcp.CalculatorService");
        server = service.server(Map.of(
                        "Microsoft.Samples.NetTcp.ICalculator", Worker.handler("calculator"),
                        "Microsoft.Samples.NetTcp.IRaw", Worker.handler("raw")))
                .controlSocket(shared.controlSocket())
                .open();
    }

    @AfterAll
    void close() {
        server.close();
        shared.close();
    }

    @Test
    void theEndpointsAreOpenBelowTheBaseAddress() {
        assertThat(server.addresses())
                .containsExactly(
                        shared.address("/servicemodelsamples/service"), shared.address("/servicemodelsamples/raw"));
        assertThat(service.ignored().toString()).contains("<serviceMetadata>");
    }

    @TestFactory
    Stream<DynamicTest> aDotNetClientCallsTheEndpointOfTheNetTcpBinding() {
        return ScenarioRun.tests(
                "shared port, app.config",
                CALCULATOR,
                () -> DotNetClient.run("calculator", server.addresses().get(0), CALCULATOR));
    }

    @TestFactory
    Stream<DynamicTest> aDotNetClientCallsTheEndpointOfTheCustomBinding() {
        return ScenarioRun.tests(
                "shared port, app.config",
                RAW,
                () -> DotNetClient.run("raw", server.addresses().get(1), RAW));
    }
}
