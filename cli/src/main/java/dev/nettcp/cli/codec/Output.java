package dev.nettcp.cli.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.cli.CommandFailed;
import dev.nettcp.cli.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a result goes. */
final class Output {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file instead of standard output; what it held is replaced.")
    private @Nullable Path file;

    /** What is to be written. */
    interface Text {
        void writeTo(PrintWriter out);
    }

    boolean isFile() {
        return file != null;
    }

    /** Text goes to the file in UTF-8, or to the given writer. */
    void write(PrintWriter standardOutput, Text text) {
        Path target = file;
        if (target == null) {
            text.writeTo(standardOutput);
            standardOutput.flush();
            return;
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(target, UTF_8))) {
            text.writeTo(out);
            if (out.checkError()) {
                throw new CommandFailed(target + " could not be written to its end; is the disk full?");
            }
        } catch (IOException e) {
            throw cannotWrite(target.toString(), e);
        }
    }

    /** Bytes never go to a terminal. */
    void writeBytes(byte[] bytes) {
        Path target = file;
        try {
            if (target != null) {
                Files.write(target, bytes);
                return;
            }
            if (Terminal.OUTPUT.isThere()) {
                throw new CommandFailed(
                        "standard output is a terminal, which raw bytes would upset; name a file with --output, or choose --to hex");
            }
            OutputStream out = new BufferedOutputStream(System.out);
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw cannotWrite(target == null ? "standard output" : target.toString(), e);
        }
    }

    private static CommandFailed cannotWrite(String target, IOException e) {
        return new CommandFailed("%s cannot be written: %s".formatted(target, e), e);
    }
}
