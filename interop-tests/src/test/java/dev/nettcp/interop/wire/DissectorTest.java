package dev.nettcp.interop.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.Data;
import dev.nettcp.testkit.Transcript.From;
import dev.nettcp.testkit.Transcripts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge itself: sound conversations of real peers pass, spoiled ones do not. */
class DissectorTest {

    private static final String PREAMBLE =
            "0001000102021d6e65742e7463703a2f2f6c6f63616c686f73743a383830382f63616c6303080c";

    private static Transcript conversation(String... hexOfTheClient) {
        List<Transcript.Piece> pieces = List.of(
                new Data(From.CLIENT, PREAMBLE),
                new Data(From.SERVER, "0b"),
                new Data(From.CLIENT, String.join("", hexOfTheClient)),
                new Data(From.SERVER, "07"));
        return new Transcript("a conversation", pieces);
    }

    @Test
    void aConversationOfRealPeersIsSound() {
        Dissector.assertSound(Transcripts.read("dotnet/buffered-bool"));
    }

    @Test
    void anEmptySessionIsSound() {
        assertThat(Dissector.complaints(conversation("07"))).isEmpty();
    }

    @Test
    void aSizeThatPromisesMoreThanComesIsFound() {
        assertThat(Dissector.complaints(conversation("06 80 01 56"))).isNotEmpty();
    }

    @Test
    void aRecordOutOfOrderIsFound() {
        assertThat(Dissector.complaints(conversation("0c 07"))).anyMatch(text -> text.contains("order"));
    }
}
