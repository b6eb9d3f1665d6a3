package dev.nettcp.sharing.service.config;

import dev.nettcp.sharing.service.config.ConfigException.Problem;
import dev.nettcp.sharing.service.config.SettingType.BadValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads the text of a configuration file against {@link Settings}: the values it sets, or every problem it has. It works on
 * the composed nodes, which still know their lines; a value is kept as the text that stands in the file.
 */
final class ConfigFile {
    /** Far more than any setting needs, and far less than what composing, which descends on the stack, can bear. */
    private static final int DEEPEST = 50;

    private final String source;
    private final Map<String, Setting<?>> known = new HashMap<>();
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private ConfigFile(String source) {
        this.source = source;
        Settings.all().forEach(setting -> known.put(setting.path(), setting));
    }

    static ConfigFile parse(String source, String text) throws ConfigException {
        var file = new ConfigFile(source);
        file.read(text);
        file.throwIfBad();
        return file;
    }

    /** The value in the file, or the default. */
    <T> T value(Setting<T> setting) {
        return written(setting).orElse(setting.initial());
    }

    @SuppressWarnings("unchecked") // put in by the setting's own type
    <T> Optional<T> written(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting));
    }

    /** Is there a section of this name, even an empty one? */
    boolean hasSection(String name) {
        return lines.containsKey(name);
    }

    SettingPlaces places() {
        return new SettingPlaces(source, lines);
    }

    ConfigException refuse(String path, String text) {
        return new ConfigException(List.of(new Problem(source, lines.getOrDefault(path, 0), path, text)));
    }

    private void read(String text) {
        try {
            var settings = LoadSettings.builder().setLabel(source).build();
            if (isTooDeep(settings, text)) {
                return;
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            root.filter(node -> !isNothing(node)).ifPresent(this::readRoot);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.add(new Problem(source, line, "", "not YAML: " + what(e)));
        } catch (YamlEngineException e) {
            problems.add(new Problem(source, 0, "", "not YAML: " + e.getMessage()));
        }
    }

    private boolean isTooDeep(LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > DEEPEST) {
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
                problems.add(new Problem(
                        source,
                        line,
                        "",
                        "something is nested more than %d deep here; a section is the deepest there is"
                                .formatted(DEEPEST)));
                return true;
            }
        }
        return false;
    }

    /** Some problems are the second half of a sentence that the context begins. */
    private static String what(MarkedYamlEngineException e) {
        return e.getProblem().startsWith("but ") ? e.getContext() + " " + e.getProblem() : e.getProblem();
    }

    private void readRoot(Node root) {
        if (root instanceof MappingNode mapping) {
            readEntries("", mapping);
        } else {
            problem(root, "", "a list of 'key: value' lines is expected here");
        }
    }

    private void readEntries(String section, MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
            String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String path = section.isEmpty() ? name : section + "." + name;
            if (lines.putIfAbsent(path, line(entry.getKeyNode())) != null) {
                problem(entry.getKeyNode(), path, "stands here a second time; the first is in line " + lines.get(path));
                continue;
            }
            Setting<?> setting = known.get(path);
            if (setting != null) {
                readValue(setting, entry.getValueNode());
            } else if (section.isEmpty() && isSection(name)) {
                readSection(name, entry.getValueNode());
            } else {
                problem(entry.getKeyNode(), path, "unknown key" + NearestName.suggestion(path, namesLike(section)));
            }
        }
    }

    private void readSection(String name, Node value) {
        if (value instanceof MappingNode mapping) {
            readEntries(name, mapping);
        } else if (!isNothing(value)) {
            problem(value, name, "is a section; its keys are " + String.join(", ", keysOf(name)));
        }
    }

    private void readValue(Setting<?> setting, Node value) {
        if (setting.type() instanceof SettingType.Names names) {
            readNames(setting, names, value);
        } else if (value instanceof ScalarNode scalar && !isNothing(value)) {
            parsed(setting.type(), setting, scalar).ifPresent(parsed -> values.put(setting, parsed));
        } else {
            problem(
                    value,
                    setting.path(),
                    "one value is expected here: " + setting.type().allowed());
        }
    }

    private void readNames(Setting<?> setting, SettingType.Names type, Node value) {
        List<String> names = new ArrayList<>();
        if (value instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                if (element instanceof ScalarNode scalar && !isNothing(element)) {
                    parsed(type, setting, scalar).ifPresent(names::addAll);
                    lines.put(
                            SettingPlaces.element(
                                    setting.path(), scalar.getValue().strip()),
                            line(scalar));
                } else {
                    problem(element, setting.path(), "a name or a number is expected here");
                }
            }
            values.put(setting, List.copyOf(names));
        } else {
            problem(value, setting.path(), "expected here: " + type.allowed() + ", as in [root, 1000]");
        }
    }

    private <T> Optional<T> parsed(SettingType<T> type, Setting<?> setting, ScalarNode scalar) {
        try {
            return Optional.of(type.parse(scalar.getValue().strip()));
        } catch (BadValue e) {
            problem(scalar, setting.path(), e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isSection(String name) {
        return known.values().stream().anyMatch(setting -> setting.section().equals(name));
    }

    private List<String> keysOf(String section) {
        return known.values().stream()
                .filter(setting -> setting.section().equals(section))
                .map(Setting::name)
                .sorted()
                .toList();
    }

    /** What may stand at this place, by full path; a key in the wrong section finds its right place too. */
    private List<String> namesLike(String section) {
        List<String> names = new ArrayList<>(known.keySet());
        if (section.isEmpty()) {
            known.values().stream()
                    .map(Setting::section)
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
        return names;
    }

    private static boolean isNothing(@Nullable Node node) {
        return node == null || node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private void problem(Node node, String path, @Nullable String text) {
        problems.add(new Problem(source, line(node), path, String.valueOf(text)));
    }

    private void throwIfBad() throws ConfigException {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
