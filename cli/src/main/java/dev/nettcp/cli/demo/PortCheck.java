package dev.nettcp.cli.demo;

import dev.nettcp.cli.CommandFailed;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.function.IntFunction;

/** Says beforehand, and in one sentence, why the demo cannot have a port. */
final class PortCheck {

    private static final int FIRST_FOR_EVERYONE = 1024;

    private PortCheck() {}

    static void requireFree(int port) {
        requireFree(port, PortHolder::of);
    }

    static void requireFree(int port, IntFunction<Optional<PortHolder>> holders) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
        } catch (BindException e) {
            Optional<PortHolder> holder = holders.apply(port);
            if (holder.isEmpty() && port < FIRST_FOR_EVERYONE) {
                throw new CommandFailed(
                        "port %d may not be opened by this user; choose one from %d on with --port"
                                .formatted(port, FIRST_FOR_EVERYONE),
                        e);
            }
            String by = holder.map(one -> "process %d (%s)".formatted(one.pid(), one.program()))
                    .orElse("a process that this user cannot see");
            throw new CommandFailed(
                    "port %d is held by %s; stop it, or choose another port with --port".formatted(port, by), e);
        } catch (IOException e) {
            throw new CommandFailed(
                    "port %d cannot be opened: %s; choose another one with --port".formatted(port, e.getMessage()), e);
        }
    }
}
