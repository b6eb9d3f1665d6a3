package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class MultiByteIntTest {
    @ParameterizedTest
    @VectorSource("varint")
    void everyGoldenSizeIsReadHoweverItIsCut(Row row) {
        Fragments.of(row.bytes()).forEach(fragments -> {
            ByteBuf in = Unpooled.buffer();
            String outcome = "incomplete";
            for (byte[] piece : fragments.pieces()) {
                in.writeBytes(piece);
                int before = in.readerIndex();
                outcome = read(in);
                if (outcome.equals("incomplete")) {
                    assertThat(in.readerIndex()).isEqualTo(before);
                } else {
                    break;
                }
            }
            assertThat(outcome).as(fragments.how()).isEqualTo(expected(row));
        });
    }

    private static String expected(Row row) {
        return row.text("result").equals("accept") ? String.valueOf(row.integer("value")) : row.text("result");
    }

    private static String read(ByteBuf in) {
        try {
            int value = MultiByteInt.read(in);
            return value == MultiByteInt.INCOMPLETE ? "incomplete" : String.valueOf(value);
        } catch (FramingException e) {
            return "reject";
        }
    }

    @ParameterizedTest
    @VectorSource("varint")
    void theShortestFormIsWritten(Row row) {
        if (!row.flag("minimal")) {
            return; // padded, refused and incomplete forms are never written
        }
        ByteBuf out = Unpooled.buffer();
        MultiByteInt.write(row.integer("value"), out);
        assertThat(Hex.of(out)).isEqualTo(row.text("hex"));
        assertThat(MultiByteInt.encodedLength(row.integer("value"))).isEqualTo(row.bytes().length);
    }

    @Test
    void whatIsWrittenIsReadAndIsAsLongAsAnnounced() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            int value = random.nextInt() >>> (1 + random.nextInt(31));
            ByteBuf out = Unpooled.buffer();
            MultiByteInt.write(value, out);
            assertThat(out.readableBytes()).isEqualTo(MultiByteInt.encodedLength(value));
            assertThat(MultiByteInt.read(out)).isEqualTo(value);
        }
    }

    @Test
    void aNegativeSizeIsAMistakeOfTheProgram() {
        assertThatThrownBy(() -> MultiByteInt.write(-1, Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MultiByteInt.encodedLength(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTheBytesOfTheNumberAreTaken() {
        ByteBuf in = Hex.buffer("80 01 FF");
        assertThat(MultiByteInt.read(in)).isEqualTo(128);
        assertThat(in.readableBytes()).isEqualTo(1);
    }
}
