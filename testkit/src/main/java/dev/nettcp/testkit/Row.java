package dev.nettcp.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One row of golden vectors, or one object inside it. The accessors fail with the row's name when a field is missing or
 * of another kind; {@link #optionalText} and {@link #flag} are for fields that may be absent.
 *
 * @param name the row's id; for an inner object the id and the place, {@code conv-01.steps[2]}
 */
public record Row(String name, JsonNode json) {

    public String id() {
        return name;
    }

    public boolean has(String field) {
        return json.hasNonNull(field);
    }

    public String text(String field) {
        return field(field, JsonNode::isTextual).textValue();
    }

    public Optional<String> optionalText(String field) {
        return has(field) ? Optional.of(text(field)) : Optional.empty();
    }

    public int integer(String field) {
        return field(field, JsonNode::canConvertToInt).intValue();
    }

    public long longInteger(String field) {
        return field(field, JsonNode::canConvertToLong).longValue();
    }

    /** True only where the field is there and true. */
    public boolean flag(String field) {
        return json.path(field).booleanValue();
    }

    /** The hex digits of the field as bytes. */
    public byte[] bytes(String field) {
        return Hex.bytes(text(field));
    }

    /** The hex digits of the field as a heap buffer that need not be released. */
    public ByteBuf buffer(String field) {
        return Hex.buffer(text(field));
    }

    /** The field {@code hex}, which most rows have. */
    public byte[] bytes() {
        return bytes("hex");
    }

    public ByteBuf buffer() {
        return buffer("hex");
    }

    /** A list of texts; empty where the field is absent. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        json.path(field).forEach(node -> texts.add(node.textValue()));
        return List.copyOf(texts);
    }

    public Row row(String field) {
        return new Row(name + "." + field, field(field, JsonNode::isObject));
    }

    /** A list of objects; empty where the field is absent. */
    public List<Row> rows(String field) {
        List<Row> rows = new ArrayList<>();
        json.path(field).forEach(node -> rows.add(new Row("%s.%s[%d]".formatted(name, field, rows.size()), node)));
        return List.copyOf(rows);
    }

    private JsonNode field(String field, Function<JsonNode, Boolean> isOfItsKind) {
        JsonNode value = json.path(field);
        if (!isOfItsKind.apply(value)) {
            throw new IllegalArgumentException("%s: field %s is %s".formatted(name, field, value.getNodeType()));
        }
        return value;
    }

    /** The id and the note, as the name of a test. */
    @Override
    public String toString() {
        return optionalText("note")
                .or(() -> optionalText("reason"))
                .map(note -> name + ": " + note)
                .orElse(name);
    }
}
