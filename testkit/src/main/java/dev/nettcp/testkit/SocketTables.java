package dev.nettcp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel knows of a socket of this process, by the number that its descriptor links to: the tables in {@code /proc/self/net}.
 * They list what is bound or connected, so a socket that is neither is in none of them.
 */
final class SocketTables {

    private static final Path DIRECTORY = Path.of("/proc/self/net");

    /** Numbers of the column {@code st}, include/net/tcp_states.h; UDP uses two of them. */
    private static final List<String> STATES = List.of(
            "state 0",
            "ESTABLISHED",
            "SYN_SENT",
            "SYN_RECV",
            "FIN_WAIT1",
            "FIN_WAIT2",
            "TIME_WAIT",
            "CLOSE",
            "CLOSE_WAIT",
            "LAST_ACK",
            "LISTEN",
            "CLOSING");

    private SocketTables() {}

    /** For {@code socket:[4711]}: protocol, state, both addresses; other descriptors are told as they are. */
    static String describe(String descriptor) {
        if (!descriptor.startsWith("socket:[")) {
            return descriptor;
        }
        String inode = descriptor.substring("socket:[".length(), descriptor.length() - 1);
        String found = Stream.concat(
                        Stream.of("tcp", "tcp6", "udp", "udp6").flatMap(table -> internet(table, inode)), unix(inode))
                .findFirst()
                .orElse("neither bound nor connected");
        return descriptor + " " + found;
    }

    private static Stream<String> internet(String table, String inode) {
        return rows(table)
                .filter(row -> row.length > 9 && row[9].equals(inode))
                .map(row -> "%s %s %s -> %s".formatted(table, state(row[3]), address(row[1]), address(row[2])));
    }

    private static Stream<String> unix(String inode) {
        return rows("unix")
                .filter(row -> row.length > 6 && row[6].equals(inode))
                .map(row -> "unix type %s state %s %s"
                        .formatted(row[4], row[5], row.length > 7 ? row[7] : "without a path"));
    }

    private static Stream<String[]> rows(String table) {
        Path file = DIRECTORY.resolve(table);
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .skip(1)
                            .map(line -> line.strip().split("\\s+"))
                    : Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(String hex) {
        int number = Integer.parseInt(hex, 16);
        return number < STATES.size() ? STATES.get(number) : "state " + number;
    }

    /** {@code 0100007F:1F90} is 127.0.0.1:8080 where integers are little-endian: words as in memory, the port as a number. */
    private static String address(String hex) {
        int colon = hex.indexOf(':');
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex.substring(0, colon)));
        ByteBuffer address = ByteBuffer.allocate(words.remaining()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        try {
            return InetAddress.getByAddress(address.array()).getHostAddress() + ":"
                    + Integer.parseInt(hex.substring(colon + 1), 16);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no address: " + hex, e);
        }
    }
}
