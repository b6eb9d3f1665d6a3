package dev.nettcp.binding.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One element while it is being read. What is asked for becomes known; {@link #done} refuses what nobody asked for, as .NET does, so that a typing
 * error does not pass for a setting.
 */
final class Section {
    /** For parts of a configuration that inherit from it; there is nothing that does. */
    private static final List<String> LOCKS =
            List.of("lockAttributes", "lockElements", "lockItem", "lockAllAttributesExcept", "lockAllElementsExcept");

    private final XmlElement element;
    private final List<IgnoredSetting> ignored;
    private final Set<String> knownAttributes = new LinkedHashSet<>();
    private final Set<String> knownChildren = new LinkedHashSet<>();

    /** @param ignored grows */
    Section(XmlElement element, List<IgnoredSetting> ignored) {
        this.element = element;
        this.ignored = ignored;
    }

    XmlElement element() {
        return element;
    }

    Optional<String> text(String attribute) {
        knownAttributes.add(attribute);
        return Optional.ofNullable(element.attributes().get(attribute));
    }

    /** The attribute; one that is empty counts as missing, as it does for names in .NET. */
    String textOrEmpty(String attribute) {
        return text(attribute).orElse("");
    }

    String required(String attribute) {
        return text(attribute).orElseThrow(() -> problem("has no " + attribute));
    }

    <T> Optional<T> value(String attribute, Function<String, T> converter) {
        return text(attribute).map(text -> converted(attribute, text, converter));
    }

    /** Sets what the attribute says, if it is there. */
    <T> void set(String attribute, Function<String, T> converter, Consumer<T> setter) {
        text(attribute)
                .ifPresent(text -> converted(attribute, text, said -> {
                    T value = converter.apply(said);
                    setter.accept(value);
                    return value;
                }));
    }

    private <T> T converted(String attribute, String text, Function<String, T> converter) {
        try {
            return converter.apply(text);
        } catch (IllegalArgumentException e) {
            throw element.problem("%s: the value \"%s\" %s".formatted(attribute, text, reason(attribute, e)), e);
        }
    }

    /** Refusals of settings have the name of the setting in front. */
    private static String reason(String attribute, IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        String prefix = attribute + ": ";
        return message.startsWith(prefix) ? "is refused: " + message.substring(prefix.length()) : message;
    }

    void ignore(String attribute, String reason) {
        text(attribute).ifPresent(text -> addIgnored(attribute, reason));
    }

    /** A part of the value of an attribute that is known already. */
    void ignorePart(String attribute, String part, String reason) {
        addIgnored(attribute + " " + part, reason);
    }

    Optional<Section> child(String name) {
        knownChildren.add(name);
        List<XmlElement> all = element.children(name);
        if (all.size() > 1) {
            throw all.get(1)
                    .problem("is here twice; the first is on line " + all.get(0).line());
        }
        return all.stream().findFirst().map(only -> new Section(only, ignored));
    }

    List<Section> children(String name) {
        knownChildren.add(name);
        return element.children(name).stream()
                .map(child -> new Section(child, ignored))
                .toList();
    }

    void ignoreChild(String name, String reason) {
        knownChildren.add(name);
        element.children(name).forEach(child -> addIgnored(child, reason));
    }

    /** For elements that anybody may add to. */
    void ignoreOtherChildren(String reason) {
        element.children().stream()
                .filter(child -> !knownChildren.contains(child.name()))
                .forEach(child -> ignoreChild(child.name(), reason));
    }

    private void addIgnored(String attribute, String reason) {
        ignored.add(new IgnoredSetting(element.file(), element.line(), element.name(), attribute, reason));
    }

    private void addIgnored(XmlElement child, String reason) {
        ignored.add(new IgnoredSetting(child.file(), child.line(), element.name(), "<" + child.name() + ">", reason));
    }

    /** Refuses attributes and children that nobody has asked for. */
    void done() {
        LOCKS.forEach(lock -> ignore(lock, "it has a meaning for configurations that inherit from this one only"));
        for (String attribute : element.attributes().keySet()) {
            if (!knownAttributes.contains(attribute)) {
                knownAttributes.removeAll(LOCKS);
                throw problem("has the unknown attribute %s; known are %s%s"
                        .formatted(attribute, knownAttributes, Nearest.hint(attribute, knownAttributes)));
            }
        }
        for (XmlElement child : element.children()) {
            if (!knownChildren.contains(child.name())) {
                throw child.problem("is unknown in <%s>; known are %s%s"
                        .formatted(element.name(), knownChildren, Nearest.hint(child.name(), knownChildren)));
            }
        }
    }

    AppConfigException problem(String message) {
        return element.problem(message);
    }
}
