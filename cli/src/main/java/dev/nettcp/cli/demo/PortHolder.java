package dev.nettcp.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which process listens on a TCP port, as far as {@code /proc} shows it to this user. */
record PortHolder(long pid, String program) {

    /** proc(5): number, local address and port, remote address and port, state (0A: it listens), …, the socket's inode. */
    private static final Pattern LISTENING_SOCKET =
            Pattern.compile("^\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) \\S+ 0A (?:\\S+\\s+){5}(\\d+) .*$");

    static Optional<PortHolder> of(int port) {
        return of(port, Path.of("/proc"));
    }

    static Optional<PortHolder> of(int port, Path proc) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : lines(proc.resolve(table))) {
                Matcher socket = LISTENING_SOCKET.matcher(line);
                if (socket.matches() && Integer.parseInt(socket.group(1), 16) == port) {
                    sockets.add("socket:[" + socket.group(2) + "]");
                }
            }
        }
        return sockets.isEmpty() ? Optional.empty() : processWith(sockets, proc);
    }

    private static Optional<PortHolder> processWith(Set<String> sockets, Path proc) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holdsOneOf(sockets, process.resolve("fd"))) {
                    String name =
                            String.join("", lines(process.resolve("comm"))).strip();
                    return Optional.of(
                            new PortHolder(Long.parseLong(process.getFileName().toString()), name));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holdsOneOf(Set<String> sockets, Path descriptors) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (sockets.contains(Files.readSymbolicLink(link).toString())) return true;
            }
        } catch (IOException e) {
            return false; // another user's process, or one that has just ended: it cannot be seen
        }
        return false;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // not on this system, or not for this user
        }
    }
}
