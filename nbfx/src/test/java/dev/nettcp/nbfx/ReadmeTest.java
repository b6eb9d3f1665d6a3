package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every piece of Java in this room's README compiles and runs. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** What a reader of the README has around its lines. */
    private static final String HEAD = """
            import static dev.nettcp.nbfx.dictionary.StaticDictionary.NBFS;
            import dev.nettcp.nbfx.*;
            import dev.nettcp.nbfx.dictionary.*;
            import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
            import jakarta.xml.bind.*;
            import jakarta.xml.bind.annotation.*;
            import java.io.*;
            import java.nio.ByteBuffer;
            import java.nio.file.*;
            import javax.xml.stream.*;
            import org.codehaus.stax2.typed.*;

            public class Readme {
            """;

    @TempDir
    private Path directory;

    @Test
    void whatTheReadmeShowsCompilesAndRuns() throws Exception {
        List<String> pieces = JAVA.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(pieces).hasSizeGreaterThan(8);
        StringBuilder source = new StringBuilder(HEAD);
        int number = 0;
        for (String piece : pieces) {
            if (piece.contains("class ")) {
                source.append(piece.replace("public class", "public static class"));
            } else {
                String own =
                        piece.contains("[] bytes =") || piece.contains(" bytes = ") ? "" : "byte[] bytes = bytes_;";
                source.append(method(number++, own, piece));
            }
        }
        compile(source.append("}\n").toString());

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
            for (Method lines : methods(loader.loadClass("Readme"))) {
                lines.invoke(null, directory);
            }
        }
    }

    private static String method(int number, String own, String lines) {
        return """
                public static void lines%d(Path directory) throws Exception {
                    byte[] bytes_ = BinaryXml.fromXml("<order><item>7</item></order>");
                    Path file = Files.write(directory.resolve("order.bin"), bytes_);
                    JAXBContext context = JAXBContext.newInstance(Order.class);
                    Order order = new Order();
                    %s
                    %s
                }
                """.formatted(number, own, lines);
    }

    private void compile(String source) throws Exception {
        Path file = Files.writeString(directory.resolve("Readme.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(compiled).as(complaints + source).isTrue();
    }

    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().startsWith("lines")) {
                methods.add(method);
            }
        }
        return methods;
    }
}
