package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentsTest {

    @Test
    void threeBytesAreCutInFourWays() {
        assertThat(Fragments.of(Hex.bytes("01 02 03")).map(FragmentsTest::picture))
                .containsExactly("whole: 010203", "byte by byte: 01|02|03", "cut at 1: 01|0203", "cut at 2: 0102|03");
    }

    @Test
    void aLongStringIsCutAtBothEndsAndBetween() {
        byte[] bytes = new byte[10_000];

        List<Fragments> ways = Fragments.of(bytes, 100).toList();

        assertThat(ways).hasSize(102).allSatisfy(way -> assertThat(joined(way)).isEqualTo(bytes));
        assertThat(ways.stream().map(Fragments::how).distinct()).hasSize(102).contains("cut at 1", "cut at 9999");
    }

    private static String picture(Fragments way) {
        return way.how() + ": "
                + String.join("|", way.pieces().stream().map(Hex::of).toList());
    }

    private static byte[] joined(Fragments way) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        way.pieces().forEach(out::writeBytes);
        return out.toByteArray();
    }
}
