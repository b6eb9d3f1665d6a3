package dev.nettcp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.JavaProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CalculatorTest {
    private final NetTcpBinding binding =
            NetTcpBinding.builder().security(SecurityMode.NONE).build();

    private static void assertCalculates(CalculatorClient calculator) throws Exception {
        assertThat(calculator.add(100, 15.99)).isEqualTo(115.99);
        assertThat(calculator.subtract(145, 76.54)).isEqualTo(145 - 76.54);
        assertThat(calculator.multiply(9, 81.25)).isEqualTo(731.25);
        assertThat(calculator.divide(22, 7)).isEqualTo(22.0 / 7);
    }

    @Test
    void theFourOperationsGiveTheirResults() throws Exception {
        try (NetTcpServer server =
                        NetTcpServer.open("net.tcp://localhost:0/calculator", binding, Calculator.service());
                CalculatorClient calculator = new CalculatorClient(server.address(), binding)) {
            assertCalculates(calculator);
        }
    }

    @Test
    void dividingByZeroGivesAnInfinity() throws Exception {
        try (NetTcpServer server =
                        NetTcpServer.open("net.tcp://localhost:0/calculator", binding, Calculator.service());
                CalculatorClient calculator = new CalculatorClient(server.address(), binding)) {
            assertThat(calculator.divide(1, 0)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(calculator.divide(-1, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(calculator.divide(0, 0)).isNaN();
        }
    }

    @Test
    void anotherOperationIsNotSupported() throws Exception {
        try (NetTcpServer server =
                        NetTcpServer.open("net.tcp://localhost:0/calculator", binding, Calculator.service());
                NetTcpClient client = NetTcpClient.to(server.address(), binding)) {
            assertThatThrownBy(() -> client.request(Calculator.request("Power", 2, 3)))
                    .isInstanceOf(SoapFaultException.class)
                    .hasMessageContaining("ActionNotSupported");
        }
    }

    @Test
    void theWorkerServesUntilItIsToldToEnd() throws Exception {
        try (ChildProcess worker = JavaProcess.of(CalculatorWorker.class)
                .args("net.tcp://localhost:0/calculator", "--own-port")
                .start()) {
            String[] ready = worker.awaitLineStartingWith("READY ").split(" ", -1);
            assertThat(Long.parseLong(ready[2])).isEqualTo(worker.pid());
            try (CalculatorClient calculator = new CalculatorClient(ready[1], binding)) {
                assertCalculates(calculator);
            }
            assertThat(worker.terminate()).isEqualTo(143);
        }
    }

    @Test
    void theWorkerTellsWhatIsWrongWithItsArguments() throws Exception {
        try (ChildProcess worker = JavaProcess.of(CalculatorWorker.class).start()) {
            assertThat(worker.awaitExit(Duration.ofSeconds(20))).isEqualTo(2);
            assertThat(worker.errors()).anyMatch(line -> line.startsWith("usage: CalculatorWorker"));
        }
        try (ChildProcess worker = JavaProcess.of(CalculatorWorker.class)
                .args("http://localhost/x", "--own-port")
                .start()) {
            assertThat(worker.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(worker.errors()).anyMatch(line -> line.contains("http://localhost/x"));
        }
    }
}
