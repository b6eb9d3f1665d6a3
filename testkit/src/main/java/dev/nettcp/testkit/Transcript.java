package dev.nettcp.testkit;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A recorded conversation: what went over one connection, in the order seen. How a stream is cut into pieces says how it
 * was read or sent and is not part of the protocol.
 *
 * @param name path below {@code transcripts}, without ending: {@code dotnet/buffered-bool}
 */
public record Transcript(String name, List<Piece> pieces) {

    /** Who sent it. */
    public enum From {
        CLIENT,
        SERVER
    }

    /** One line of the recording. */
    public sealed interface Piece {}

    /** Bytes of one side. */
    public record Data(From from, String hex) implements Piece {
        public byte[] bytes() {
            return Hex.bytes(hex);
        }
    }

    /** That side ended its stream. */
    public record EndOfStream(From from) implements Piece {}

    /** The connection was reset by that side. */
    public record Reset(From from) implements Piece {}

    /** Nothing more came within three seconds. */
    public record StaysOpen() implements Piece {}

    /** All bytes of one side in one piece. */
    public byte[] bytesFrom(From side) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Piece piece : pieces) {
            if (piece instanceof Data data && data.from() == side) {
                all.writeBytes(data.bytes());
            }
        }
        return all.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
