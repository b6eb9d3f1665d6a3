package dev.nettcp.capture;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** All connections of a capture, told apart by their two ends. */
final class TcpConnections {
    /** The same for both directions. */
    private record Ends(InetSocketAddress lower, InetSocketAddress higher) {
        static Ends of(TcpSegment segment) {
            boolean ordered = order(segment.source(), segment.destination()) <= 0;
            return ordered
                    ? new Ends(segment.source(), segment.destination())
                    : new Ends(segment.destination(), segment.source());
        }

        private static int order(InetSocketAddress a, InetSocketAddress b) {
            int byPort = Integer.compare(a.getPort(), b.getPort());
            return byPort != 0
                    ? byPort
                    : Arrays.compareUnsigned(
                            a.getAddress().getAddress(), b.getAddress().getAddress());
        }
    }

    private final Report report;
    private final Map<Ends, TcpConnection> connections = new LinkedHashMap<>(16, 0.75f, true); // the silent ones first

    TcpConnections(Report report) {
        this.report = report;
    }

    void segment(TcpSegment segment) {
        Ends ends = Ends.of(segment);
        TcpConnection connection = connections.get(ends);
        if (connection != null && segment.opens() && !segment.acknowledges() && connection.isReplacedBy(segment)) {
            connection.finish(CaptureEvent.Ended.How.REPLACED);
            connections.remove(ends);
            connection = null;
        }
        if (connection == null) {
            if (segment.length() == 0 && !segment.opens()) {
                return; // the last acknowledgements of a connection that nothing is known of
            }
            makeRoom();
            connection = new TcpConnection(report, segment);
            connections.put(ends, connection);
        }
        connection.segment(segment);
    }

    private void makeRoom() {
        if (connections.size() >= report.limits.maxConnections()) {
            Iterator<TcpConnection> silent = connections.values().iterator();
            silent.next().finish(CaptureEvent.Ended.How.GIVEN_UP);
            silent.remove();
        }
    }

    /** The capture is over. */
    void finish() {
        connections.values().forEach(connection -> connection.finish(CaptureEvent.Ended.How.CAPTURE_ENDS));
        connections.clear();
    }
}
