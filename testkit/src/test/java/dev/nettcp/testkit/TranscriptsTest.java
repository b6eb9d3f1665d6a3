package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Transcript.From;
import org.junit.jupiter.api.Test;

class TranscriptsTest {

    @Test
    void everyRecordedConversationCanBeRead() {
        assertThat(Transcripts.all(""))
                .hasSizeGreaterThan(130)
                .allSatisfy(conversation -> assertThat(conversation.pieces()).isNotEmpty());
    }

    @Test
    void aConversationGivesTheBytesOfEachSide() {
        Transcript conversation = Transcripts.read("dotnet/buffered-bool");

        assertThat(Hex.of(conversation.bytesFrom(From.CLIENT))).startsWith("000100" + "0102");
        assertThat(Hex.of(conversation.bytesFrom(From.SERVER))).startsWith("0b").endsWith("07");
        assertThat(Transcripts.text("dotnet/buffered-bool.txt")).contains("PreambleEnd");
    }

    @Test
    void documentsOfThePlatformsWritersAreRows() {
        Row row = Transcripts.lines("dotnet/nbfx/records.jsonl").get(0);

        assertThat(row.name()).isEqualTo("empty element");
        assertThat(row.text("xml")).isEqualTo("<e></e>");
    }
}
