package dev.nettcp.framing;

import java.util.ArrayList;
import java.util.List;

/** How the golden conversations name records: an unsized envelope is one, however many chunks it has. */
final class ConversationNames {
    private ConversationNames() {}

    static List<String> of(List<FramingRecord> records) {
        List<String> names = new ArrayList<>();
        for (FramingRecord record : records) {
            if (record instanceof FramingRecord.UnsizedEnvelopeStart) {
                names.add("UnsizedEnvelope");
            } else if (record.type() != RecordType.UNSIZED_ENVELOPE) {
                names.add(record.getClass().getSimpleName());
            }
        }
        return names;
    }
}
