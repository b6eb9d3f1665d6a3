package dev.nettcp.benchmarks.transport;

import java.io.IOException;
import java.util.Arrays;

/** The calls of one caller: each payload differs from the one before and from those of others, and must come back as it went. */
final class EchoCall implements Callers.Call {

    private static final int SIGNS = 26; // a payload may have to be text

    private final Peer.Client client;
    private final int caller;
    private final byte[] payload;
    private long number;

    EchoCall(Peer.Client client, int caller, int size) {
        this.client = client;
        this.caller = caller;
        this.payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) ('a' + (i + caller) % SIGNS);
        }
    }

    @Override
    public void make() throws Exception {
        stamp(number++);
        byte[] answer = client.echo(caller, payload);
        if (!Arrays.equals(answer, payload)) {
            throw new IOException("caller %d sent %d bytes and something else of %d came back"
                    .formatted(caller, payload.length, answer.length));
        }
    }

    /** The number of the caller and of the call, in letters. */
    private void stamp(long call) {
        long rest = call * 1000 + caller;
        for (int i = 0; i < Math.min(12, payload.length); i++) {
            payload[i] = (byte) ('a' + rest % SIGNS);
            rest /= SIGNS;
        }
    }
}
