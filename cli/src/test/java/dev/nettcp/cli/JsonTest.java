package dev.nettcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void objectsKeepTheOrderOfTheirMembers() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pid", 7);
        object.put("name", "a");
        object.put("up", true);
        object.put("none", null);
        assertThat(Json.of(List.of(object, Map.of())))
                .isEqualTo("[{\"pid\": 7, \"name\": \"a\", \"up\": true, \"none\": null},\n {}]");
    }

    @Test
    void whatJsonForbidsInStringsIsEscaped() {
        assertThat(Json.of("a\"b\\c\nd\u0001 é")).isEqualTo("\"a\\\"b\\\\c\\u000ad\\u0001 é\"");
    }
}
