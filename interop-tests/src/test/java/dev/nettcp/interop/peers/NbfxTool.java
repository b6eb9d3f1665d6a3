package dev.nettcp.interop.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** The reader of the .NET Framework, as Mono has it: a second opinion on documents. */
public final class NbfxTool {
    private NbfxTool() {}

    /** What it says to each document: {@code OK} and the text, or {@code ERROR} and why. */
    public static List<String> decode(List<byte[]> documents) throws IOException, InterruptedException {
        Counterpart.NBFX_TOOL.need();
        Path input = Files.createTempFile("nbfx-tool-", ".hex");
        try {
            Files.write(input, documents.stream().map(HexFormat.of()::formatHex).toList());
            Process process = new ProcessBuilder("mono", MonoPrograms.program("nbfx-tool.exe"), "decode")
                    .redirectInput(input.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (InputStream out = process.getInputStream()) {
                return new String(out.readAllBytes(), UTF_8).lines().toList();
            } finally {
                process.destroy();
                process.waitFor();
            }
        } finally {
            Files.delete(input);
        }
    }
}
