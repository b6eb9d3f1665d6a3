package dev.nettcp.interop.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A room of the house and what it may import; {@code docs/architecture.md} says why.
 *
 * @param rooms rooms it stands on; what those import, it may import too
 * @param libraries package prefixes of foreign code, besides the JDK
 */
record Room(String name, List<String> rooms, List<String> libraries) {

    private static final String JSPECIFY = "org.jspecify";
    private static final String LOGGING = "org.slf4j";
    private static final String NETTY = "io.netty";

    static final List<Room> ALL = List.of(
            new Room("nbfx", List.of(), List.of("org.jvnet.staxex", "org.codehaus.stax2", "jakarta.activation")),
            new Room("framing", List.of(), List.of("io.netty.buffer", "io.netty.util")),
            new Room("connection", List.of("framing"), List.of(NETTY, LOGGING)),
            new Room("transport", List.of("connection"), List.of(NETTY, LOGGING)),
            new Room("soap", List.of("nbfx"), List.of("com.ctc.wstx")),
            new Room("capture", List.of("framing", "soap"), List.of("com.fasterxml.jackson.core")),
            new Room("binding", List.of("soap", "transport"), List.of(LOGGING)),
            new Room("sharing", List.of("framing"), List.of(NETTY, LOGGING)),
            new Room("sharing.worker", List.of("sharing", "connection"), List.of(LOGGING)),
            new Room("sharing.service", List.of("sharing", "connection"), List.of(LOGGING, "org.snakeyaml.engine")));

    static Room named(String name) {
        return ALL.stream()
                .filter(room -> room.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no room " + name));
    }

    String packageName() {
        return "dev.nettcp." + name;
    }

    /** Whether a class is in this room and not in a room whose packages lie below it. */
    boolean holds(String className) {
        return isIn(packageName(), className)
                && ALL.stream()
                        .filter(other -> other.name.startsWith(name + "."))
                        .noneMatch(other -> other.holds(className));
    }

    DescribedPredicate<JavaClass> classes() {
        return DescribedPredicate.describe("are in " + name, type -> holds(type.getName()));
    }

    DescribedPredicate<JavaClass> allowedImports() {
        Set<Room> stoodOn = withThoseBelow(new HashSet<>());
        return DescribedPredicate.describe(
                "are in %s or in the libraries %s of these rooms"
                        .formatted(stoodOn.stream().map(Room::name).sorted().toList(), libraries),
                type -> mayUse(stoodOn, type.getBaseComponentType()));
    }

    private static boolean mayUse(Set<Room> stoodOn, JavaClass type) {
        return type.isPrimitive()
                || isOfTheJdk(type.getName())
                || isIn(JSPECIFY, type.getName())
                || stoodOn.stream().anyMatch(room -> room.holds(type.getName()) || room.uses(type.getName()));
    }

    private boolean uses(String className) {
        return libraries.stream().anyMatch(library -> isIn(library, className));
    }

    private Set<Room> withThoseBelow(Set<Room> found) {
        if (found.add(this)) {
            rooms.forEach(room -> named(room).withThoseBelow(found));
        }
        return found;
    }

    private static boolean isOfTheJdk(String className) {
        return isIn("java", className) || isIn("javax", className) || isIn("jdk", className);
    }

    private static boolean isIn(String packageName, String className) {
        return className.startsWith(packageName + ".");
    }

    @Override
    public String toString() {
        return name;
    }
}
