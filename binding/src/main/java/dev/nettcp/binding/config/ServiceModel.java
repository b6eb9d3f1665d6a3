package dev.nettcp.binding.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sections of {@code <system.serviceModel>} by name, with those in files of their own in place. */
record ServiceModel(XmlElement element, Map<String, XmlElement> sections) {
    private static final Set<String> READ = Set.of("bindings", "services", "behaviors", "client");

    static ServiceModel read(Path file) throws IOException {
        XmlElement root = XmlFile.read(file);
        if (!root.name().equals("configuration")) {
            throw root.problem("is not the root of a .NET configuration file, which is <configuration>");
        }
        List<XmlElement> models = root.children("system.serviceModel");
        if (models.size() != 1) {
            throw root.problem("has %s <system.serviceModel>; there must be one, directly in it"
                    .formatted(models.isEmpty() ? "no" : "more than one"));
        }
        Map<String, XmlElement> sections = new LinkedHashMap<>();
        for (XmlElement section : models.get(0).children()) {
            XmlElement whole = withSource(file, section);
            XmlElement other = sections.put(section.name(), whole);
            if (other != null) {
                throw section.problem("is here twice; the first is on line " + other.line());
            }
        }
        return new ServiceModel(models.get(0), sections);
    }

    /** .NET's rules: a file in the same directory or below, whose root is the section. */
    private static XmlElement withSource(Path file, XmlElement section) throws IOException {
        @Nullable String source = section.attributes().get("configSource");
        if (source == null) {
            return section;
        }
        Path directory = file.toAbsolutePath().normalize().getParent();
        Path relative = Path.of(source.replace('\\', '/'));
        Path included =
                directory == null ? relative : directory.resolve(relative).normalize();
        if (relative.isAbsolute() || (directory != null && !included.startsWith(directory))) {
            throw section.problem(
                    "configSource: \"%s\" must be a file in the directory of this one, or below".formatted(source));
        }
        if (section.attributes().size() > 1 || !section.children().isEmpty()) {
            throw section.problem("has a configSource, and so must have nothing else");
        }
        XmlElement root = XmlFile.read(included);
        if (!root.name().equals(section.name())) {
            throw root.problem("is not <%s>, whose configSource this file is".formatted(section.name()));
        }
        return root;
    }

    /** The sections that nobody reads, so that they are not lost without a word. */
    List<IgnoredSetting> otherSections() {
        return sections.values().stream()
                .filter(section -> !READ.contains(section.name()))
                .map(section -> new IgnoredSetting(
                        section.file(),
                        section.line(),
                        element.name(),
                        "<" + section.name() + ">",
                        "this section is not read"))
                .toList();
    }

    /** The elements of a collection, after its {@code <clear/>} and {@code <remove/>}; each name once. */
    private List<XmlElement> collection(@Nullable XmlElement parent, String item) {
        Map<String, XmlElement> byName = new LinkedHashMap<>();
        for (XmlElement child : parent == null ? List.<XmlElement>of() : parent.children()) {
            String name = child.attributes().getOrDefault("name", "");
            if (child.name().equals("clear")) {
                byName.clear();
            } else if (child.name().equals("remove")) {
                byName.remove(name);
            } else if (!child.name().equals(item)) {
                throw child.problem("is unknown in <%s>; known are <%s>, <clear> and <remove>%s"
                        .formatted(
                                parent == null ? "" : parent.name(), item, Nearest.hint(child.name(), List.of(item))));
            } else if (byName.putIfAbsent(name, child) != null) {
                throw child.problem(
                        name.isEmpty() ? "without a name is here twice" : "\"%s\" is here twice".formatted(name));
            }
        }
        return new ArrayList<>(byName.values());
    }

    private List<XmlElement> bindings(String kind) {
        return collection(only("bindings", kind), "binding");
    }

    private @Nullable XmlElement only(String sectionName, String childName) {
        @Nullable XmlElement section = sections.get(sectionName);
        List<XmlElement> all = section == null ? List.of() : section.children(childName);
        if (all.size() > 1) {
            throw all.get(1)
                    .problem("is here twice; the first is on line " + all.get(0).line());
        }
        return all.isEmpty() ? null : all.get(0);
    }

    private static Optional<XmlElement> named(List<XmlElement> elements, String name) {
        return elements.stream()
                .filter(one -> one.attributes().getOrDefault("name", "").equals(name))
                .findFirst();
    }

    Optional<XmlElement> find(String kind, String name) {
        return named(bindings(kind), name);
    }

    List<String> bindingNames(String kind) {
        return names(bindings(kind));
    }

    /** The netTcpBinding without a name; if the file has none, an empty one, which is what .NET takes. */
    XmlElement defaultBinding() {
        return find("netTcpBinding", "")
                .orElseGet(() -> new XmlElement(element.file(), element.line(), "binding", Map.of(), List.of()));
    }

    AppConfigException noBinding(String name) {
        List<String> names = new ArrayList<>(bindingNames("netTcpBinding"));
        names.addAll(bindingNames("customBinding"));
        return element.problem("has no netTcpBinding and no customBinding \"%s\"; there are %s%s"
                .formatted(name, names, Nearest.hint(name, names)));
    }

    XmlElement service(String name) {
        List<XmlElement> services = collection(sections.get("services"), "service");
        return named(services, name)
                .orElseThrow(() -> element.problem("has no service \"%s\"; there are %s%s"
                        .formatted(name, names(services), Nearest.hint(name, names(services)))));
    }

    /** An empty name is that of the behavior for all that name none. */
    Optional<XmlElement> behavior(String kind, String name, Section user) {
        List<XmlElement> behaviors = collection(only("behaviors", kind), "behavior");
        Optional<XmlElement> found = named(behaviors, name);
        if (found.isEmpty() && !name.isEmpty()) {
            throw user.problem("behaviorConfiguration: there is no behavior \"%s\" in <%s>%s"
                    .formatted(name, kind, Nearest.hint(name, names(behaviors))));
        }
        return found;
    }

    /** The endpoints of {@code <client>}. */
    List<XmlElement> clientEndpoints() {
        @Nullable XmlElement client = sections.get("client");
        return client == null ? List.of() : client.children("endpoint");
    }

    private static List<String> names(List<XmlElement> elements) {
        return elements.stream()
                .map(one -> one.attributes().getOrDefault("name", ""))
                .toList();
    }
}
