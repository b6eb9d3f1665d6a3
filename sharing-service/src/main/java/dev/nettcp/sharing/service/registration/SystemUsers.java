package dev.nettcp.sharing.service.registration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code /etc/passwd} and {@code /etc/group}; for whom they do not know, {@code getent}, which asks whatever else the host
 * is configured to ask.
 */
public final class SystemUsers implements UserDatabase {
    private static final int GETENT_SECONDS = 5;

    private static final int NAME = 0;
    private static final int ID = 2;
    private static final int MEMBERS = 3;

    private final Path etc;

    public SystemUsers() {
        this(Path.of("/etc"));
    }

    SystemUsers(Path etc) {
        this.etc = etc;
    }

    @Override
    public Optional<Integer> userId(String nameOrNumber) {
        return number(nameOrNumber).or(() -> id("passwd", nameOrNumber));
    }

    @Override
    public Optional<Integer> groupId(String nameOrNumber) {
        return number(nameOrNumber).or(() -> id("group", nameOrNumber));
    }

    @Override
    public Optional<String> userName(int uid) {
        return find("passwd", Integer.toUnsignedString(uid), ID).map(fields -> fields.get(NAME));
    }

    @Override
    public Set<String> members(int gid) {
        return find("group", Integer.toUnsignedString(gid), ID)
                .filter(fields ->
                        fields.size() > MEMBERS && !fields.get(MEMBERS).isBlank())
                .map(fields -> Set.copyOf(List.of(fields.get(MEMBERS).split(","))))
                .orElse(Set.of());
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) < 0xFFFF_FFFFL
                ? Optional.of(Integer.parseUnsignedInt(text))
                : Optional.empty();
    }

    private Optional<Integer> id(String table, String name) {
        return find(table, name, NAME).flatMap(fields -> number(fields.get(ID)));
    }

    private Optional<List<String>> find(String table, String key, int field) {
        return inFile(table, fields -> fields.size() > ID && fields.get(field).equals(key))
                .or(() -> getent(table, key));
    }

    private Optional<List<String>> inFile(String table, Predicate<List<String>> wanted) {
        Path file = etc.resolve(table);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) { // any byte is a character
            return lines.map(SystemUsers::fields).filter(wanted).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Optional<List<String>> getent(String table, String key) {
        try {
            Process getent = new ProcessBuilder("getent", table, key)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!getent.waitFor(GETENT_SECONDS, TimeUnit.SECONDS)) {
                getent.destroyForcibly();
                return Optional.empty();
            }
            String line = new String(getent.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).strip();
            return getent.exitValue() == 0 && !line.isEmpty() ? Optional.of(fields(line)) : Optional.empty();
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static List<String> fields(String line) {
        return List.of(line.split(":", -1));
    }
}
