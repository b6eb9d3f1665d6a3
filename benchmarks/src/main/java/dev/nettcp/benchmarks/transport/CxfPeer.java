package dev.nettcp.benchmarks.transport;

import dev.nettcp.testkit.FreePort;
import jakarta.jws.WebService;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cxf.jaxws.JaxWsProxyFactoryBean;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;

/**
 * Apache CXF over HTTP: JAX-WS and JAXB, SOAP 1.1 without WS-Addressing, Jetty at the server, the JDK's {@code HttpURLConnection} at the client,
 * a connection for each caller. Bytes are base64 in the XML; as an
 * attachment (MTOM) 64 KiB are no faster.
 */
final class CxfPeer implements Peer {

    static {
        System.setProperty("org.apache.cxf.transport.http.forceURLConnection", "true");
        System.setProperty("http.maxConnections", "256");
        System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    }

    /** The service. */
    @WebService(
            endpointInterface = "dev.nettcp.benchmarks.transport.CxfEcho",
            targetNamespace = "http://nettcp.dev/benchmarks")
    public static final class Service implements CxfEcho {
        @Override
        public byte[] echo(byte[] data) {
            return data;
        }
    }

    @Override
    public Server serve(Path certificates) {
        int port = FreePort.next();
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
        factory.setServiceBean(new Service());
        factory.setAddress(address(port));
        org.apache.cxf.endpoint.Server server = factory.create();
        return new Server() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void close() {
                server.destroy();
            }
        };
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port + "/echo";
    }

    /** HTTP has no more than one call at a time on a connection: there are as many as callers. */
    @Override
    public Client connect(Target target, int connections) {
        Map<Integer, CxfEcho> proxies = new ConcurrentHashMap<>();
        return new Client() {
            @Override
            public byte[] echo(int caller, byte[] payload) {
                return proxies.computeIfAbsent(caller, c -> proxy(target.port()))
                        .echo(payload);
            }

            @Override
            public void close() throws IOException {
                for (CxfEcho proxy : List.copyOf(proxies.values())) {
                    ((Closeable) proxy).close();
                }
            }
        };
    }

    private CxfEcho proxy(int port) {
        JaxWsProxyFactoryBean factory = new JaxWsProxyFactoryBean();
        factory.setAddress(address(port));
        return factory.create(CxfEcho.class);
    }
}
