package dev.nettcp.interop.services;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.ReaderQuotas;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.examples.Calculator;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A process with one service: {@code Worker calculator shared net.tcp://localhost:9000/calculator/1}. The second argument says whether
 * the port is {@code shared} or its {@code own}. Prints {@code READY address}.
 */
public final class Worker {

    /** Small, so that a message over it arrives whole before the fault is read. */
    public static final int MESSAGE_LIMIT = 50_000;

    /** The scenarios of raw echo a body of 1 MiB. */
    private static final int RAW_MESSAGE_LIMIT = 4 << 20;

    /** So do those of types one of 8 MiB. */
    private static final int TYPES_MESSAGE_LIMIT = 16 << 20;

    private static final Map<String, MessageHandler> SERVICES = Map.of(
            "calculator", Calculator.service(),
            "raw", RawService.handler(),
            "types", TypesService.handler(),
            "limited-types", TypesService.handler(),
            "session", SessionService.handler(),
            "duplex", DuplexService.handler(),
            "streaming", StreamingService.handler(),
            "raw-streamed", RawService.handler());

    /** Those that take more than {@link #MESSAGE_LIMIT} at once. */
    private static final Map<String, Integer> LIMITS = Map.of("raw", RAW_MESSAGE_LIMIT, "types", TYPES_MESSAGE_LIMIT);

    /** Those whose transfer mode is streamed; the size of their messages means nothing. */
    private static final Set<String> STREAMED = Set.of("streaming", "raw-streamed");

    private Worker() {}

    public static void main(String[] arguments) throws Exception {
        try (NetTcpServer server = open(arguments[0], arguments[1].equals("shared"), arguments[2])) {
            System.out.println("READY " + server.address());
            server.awaitClosed();
        }
    }

    /** Who handles the messages of a service. */
    public static MessageHandler handler(String service) {
        return Objects.requireNonNull(SERVICES.get(service), service);
    }

    /** Opens a service in this process. */
    public static NetTcpServer open(String service, boolean shared, String address) throws IOException {
        return NetTcpServer.open(address, binding(service, shared).build(), handler(service));
    }

    /** How a service is reached, without security. */
    public static NetTcpBinding.Builder binding(String service, boolean shared) {
        NetTcpBinding.Builder binding = NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .portSharingEnabled(shared)
                .maxReceivedMessageSize(LIMITS.getOrDefault(service, MESSAGE_LIMIT));
        if (STREAMED.contains(service)) {
            binding.transferMode(TransferMode.STREAMED)
                    .maxReceivedMessageSize(Long.MAX_VALUE)
                    .readerQuotas(new ReaderQuotas().maxStringContentLength(RAW_MESSAGE_LIMIT));
        }
        return binding;
    }
}
