package dev.nettcp.interop.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the project as they lie beside this module, without what the build makes. */
final class Repository {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode", "__pycache__");

    private Repository() {}

    /** A text file and its lines. */
    record Source(Path path, List<String> lines) {

        @Override
        public String toString() {
            return ROOT.relativize(path).toString();
        }
    }

    static List<Source> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Repository::isOurs)
                    .filter(Files::isRegularFile)
                    .flatMap(Repository::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path path) {
        for (Path part : ROOT.relativize(path)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    private static Stream<Source> read(Path file) {
        try {
            return Stream.of(new Source(file, Files.readAllLines(file)));
        } catch (MalformedInputException binary) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
