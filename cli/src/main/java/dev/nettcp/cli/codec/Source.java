package dev.nettcp.cli.codec;

import dev.nettcp.cli.CommandFailed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What an argument names: a file, standard input, or bytes that are written in the argument itself. */
sealed interface Source {
    /** How it is called in messages. */
    String title();

    /** A file, or standard input. */
    record Stream(String title, Optional<Path> file) implements Source {
        InputStream open() {
            if (file.isEmpty()) {
                return new BufferedInputStream(System.in);
            }
            try {
                return new BufferedInputStream(Files.newInputStream(file.get()));
            } catch (NoSuchFileException e) {
                throw new CommandFailed("there is no file " + title, e);
            } catch (IOException e) {
                throw new CommandFailed("%s cannot be read: %s".formatted(title, e.getMessage()), e);
            }
        }
    }

    /** Text that was given in place of a file. */
    record Literal(String text) implements Source {
        @Override
        public String title() {
            return "the argument";
        }
    }

    /** By name: {@code -} is standard input, what is no file may be bytes themselves. */
    static Source of(String argument) {
        Optional<Source> stream = stream(argument);
        if (stream.isPresent()) {
            return stream.get();
        }
        String text = argument.strip();
        if (!text.isEmpty()
                && (ByteText.looksLikeHex(text)
                        || (text.length() >= 8 && ByteText.looksLikeBase64(text) && !text.startsWith("/")))) {
            return new Literal(text);
        }
        throw new CommandFailed("there is no file %s, and it is neither hexadecimal nor base64".formatted(argument));
    }

    /** For XML: what is no file may be the text itself. */
    static Source ofText(String argument) {
        if (argument.stripLeading().startsWith("<")) {
            return new Literal(argument);
        }
        return stream(argument).orElseThrow(() -> new CommandFailed("there is no file " + argument));
    }

    private static Optional<Source> stream(String argument) {
        if (argument.equals("-")) {
            return Optional.of(new Stream("standard input", Optional.empty()));
        }
        try {
            Path file = Path.of(argument);
            if (Files.isDirectory(file)) {
                throw new CommandFailed(argument + " is a directory; name a file in it");
            }
            return Files.exists(file) ? Optional.of(new Stream(argument, Optional.of(file))) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
