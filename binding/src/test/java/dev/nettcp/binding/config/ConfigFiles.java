package dev.nettcp.binding.config;

import dev.nettcp.soap.ElementName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The configuration files of the tests, in a directory of the test. */
record ConfigFiles(Path directory) {
    static final ElementName TEXT = ElementName.of("urn:test", "text");

    /** One of the resources beside this class. */
    Path file(String name) {
        return file(name, UnaryOperator.identity());
    }

    Path file(String name, UnaryOperator<String> change) {
        return write(name, change.apply(resource(name)));
    }

    Path write(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ConfigFiles.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with these elements in its serviceModel, which begin on line 3. */
    Path model(String elements) {
        return write(
                "app.config",
                "<configuration>\n<system.serviceModel>\n" + elements + "\n</system.serviceModel>\n</configuration>");
    }

    /** A file with this netTcpBinding, which begins on line 5. */
    Path netTcpBinding(String binding) {
        return model("<bindings>\n<netTcpBinding>\n" + binding + "\n</netTcpBinding>\n</bindings>");
    }

    /** A file with these elements in a customBinding named x, which begin on line 6. */
    Path customBinding(String elements) {
        return model("<bindings>\n<customBinding><binding name='x'>\n" + elements
                + "\n</binding></customBinding>\n</bindings>");
    }

    static List<String> texts(List<IgnoredSetting> ignored) {
        return ignored.stream()
                .map(one -> "%d %s %s".formatted(one.line(), one.element(), one.setting()))
                .toList();
    }
}
