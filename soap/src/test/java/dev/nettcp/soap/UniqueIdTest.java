package dev.nettcp.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniqueIdTest {
    @Test
    void anIdOfTheUsualFormIsANumber() {
        UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddee01");

        assertThat(UniqueId.parse("urn:uuid:00112233-4455-6677-8899-aabbccddee01"))
                .isEqualTo(UniqueId.of(uuid))
                .hasSameHashCodeAs(UniqueId.of(uuid))
                .hasToString("urn:uuid:00112233-4455-6677-8899-aabbccddee01")
                .returns(uuid, id -> id.uuid().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:uuid:00112233-4455-6677-8899-AABBCCDDEE01",
                "urn:uuid:00112233-4455-6677-8899-aabbccddee0",
                "urn:uuid:001122334-455-6677-8899-aabbccddee01",
                "uuid:00112233-4455-6677-8899-aabbccddee01",
                "http://example.org/id/1",
                "",
            })
    void anyOtherIdIsText(String text) {
        assertThat(UniqueId.parse(text))
                .hasToString(text)
                .isEqualTo(UniqueId.parse(text))
                .hasSameHashCodeAs(UniqueId.parse(text))
                .returns(false, id -> id.uuid().isPresent());
    }

    @Test
    void theNextIdIsANewOneOfTheRandomKind() {
        Set<UniqueId> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            UniqueId id = UniqueId.next();
            assertThat(ids.add(id)).isTrue();
            assertThat(id.uuid().orElseThrow().version()).isEqualTo(4);
            assertThat(id.uuid().orElseThrow().variant()).isEqualTo(2);
        }
    }
}
