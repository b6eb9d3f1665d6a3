package dev.nettcp.interop;

import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.interop.services.Worker;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The .NET client against our server on ports of its own. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DotNetClientOnAnOwnPortTest extends DotNetClientContract {

    private NetTcpServer calculator;
    private NetTcpServer raw;
    private NetTcpServer types;
    private NetTcpServer streaming;
    private NetTcpServer rawStreamed;

    @BeforeAll
    void open() throws IOException {
        calculator = Worker.open("calculator", false, "net.tcp://localhost:0/calculator");
        raw = Worker.open("raw", false, "net.tcp://localhost:0/raw");
        types = Worker.open("types", false, "net.tcp://localhost:0/types");
        streaming = Worker.open("streaming", false, "net.tcp://localhost:0/streaming");
        rawStreamed = Worker.open("raw-streamed", false, "net.tcp://localhost:0/raw-streamed");
    }

    @AfterAll
    void close() {
        calculator.close();
        raw.close();
        types.close();
        streaming.close();
        rawStreamed.close();
    }

    @Override
    String where() {
        return "own port";
    }

    @Override
    List<String> calculators() {
        return List.of(calculator.address());
    }

    @Override
    String raw() {
        return raw.address();
    }

    @Override
    String types() {
        return types.address();
    }

    @Override
    String streaming() {
        return streaming.address();
    }

    @Override
    String rawStreamed() {
        return rawStreamed.address();
    }
}
