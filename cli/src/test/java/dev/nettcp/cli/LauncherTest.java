package dev.nettcp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code nettcp} in a checkout of its own, with a JDK and a Maven that only say what they were asked for. */
class LauncherTest {

    /** All the script may use beside Java and Maven. */
    private static final List<String> TOOLS =
            List.of("bash cut dirname env find flock grep head mkdir mv readlink rm sed setpriv sleep sort".split(" "));

    @TempDir
    private Path directory;

    private Path checkout;
    private Path tools;
    private Path jdk;
    private Path asked;

    @BeforeEach
    void aCheckoutAJdkAndAMaven() throws IOException {
        checkout = Files.createDirectories(directory.resolve("a checkout, with spaces"));
        Files.copy(Path.of("../nettcp"), checkout.resolve("nettcp"), StandardCopyOption.COPY_ATTRIBUTES);
        write(checkout.resolve("pom.xml"), "<project/>");
        write(checkout.resolve("cli/pom.xml"), "<project/>");
        write(checkout.resolve("cli/src/main/java/Main.java"), "class Main {}");
        asked = directory.resolve("asked of maven");

        tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : TOOLS) script(tools.resolve(tool), "exec " + whereIs(tool) + " \"$@\"");
        jdk = directory.resolve("a jdk");
        java("17.0.15");
        script(jdk.resolve("bin/javac"), "exit 0");
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
        maven("3.8.7", """
                echo '[INFO] Building nettcp-framing 0.1.0-SNAPSHOT                                     [3/13]'
                mkdir -p cli/target/lib""");
    }

    @Test
    void buildsWhatIsMissingThenRunsTheCommandWithItsArguments() throws Exception {
        Run run = nettcp("explain", "net.tcp://a b/", "--json");
        assertThat(run.err())
                .contains("building nettcp (first start, a minute or two) …")
                .contains("[3/13] framing");
        assertThat(run.out())
                .contains("-cp\n" + checkout
                        + "/cli/target/lib/*\ndev.nettcp.cli.Main\nexplain\nnet.tcp://a b/\n--json\n");
        assertThat(run.status()).isEqualTo(7);
    }

    @Test
    void doesNotAskMavenAgainWhileTheSourcesStayAsTheyWere() throws Exception {
        nettcp("demo");
        Run second = nettcp("demo");
        assertThat(second.err()).isEmpty();
        assertThat(asked).content().hasLineCount(1);
    }

    @Test
    void needsNoMavenWhenTheBuildIsThere() throws Exception {
        nettcp("demo");
        Files.delete(tools.resolve("mvn"));
        assertThat(nettcp("demo").status()).isEqualTo(7);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        nettcp("demo");
        Files.setLastModifiedTime(
                checkout.resolve("cli/src/main/java/Main.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(nettcp("demo").err()).contains("building nettcp (the sources have changed) …");
        assertThat(asked).content().hasLineCount(2);
    }

    @Test
    void buildsAgainWhenASourceWasRemoved() throws Exception {
        nettcp("demo");
        Files.delete(checkout.resolve("cli/src/main/java/Main.java"));
        nettcp("demo");
        assertThat(asked).content().hasLineCount(2);
    }

    @Test
    void aChangeInTheBenchmarksOrTheInteropTestsIsNoReasonToBuild() throws Exception {
        nettcp("demo");
        write(checkout.resolve("benchmarks/src/main/java/Bench.java"), "class Bench {}");
        write(checkout.resolve("interop-tests/pom.xml"), "<project/>");
        nettcp("demo");
        assertThat(asked).content().hasLineCount(1);
    }

    @Test
    void worksThroughRelativeAndAbsoluteSymbolicLinksFromAnyDirectory() throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(checkout.resolve("link"), Path.of("nettcp"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("nettcp"), checkout.resolve("link"));
        Run run = run(elsewhere, Map.of(), List.of(link.toString(), "demo"));
        assertThat(run.out()).contains(checkout + "/cli/target/lib/*");
    }

    @Test
    void theServiceRunsWithTheWholeJitAndQuickCommandsWithout() throws Exception {
        assertThat(nettcp("serve").out()).doesNotContain("TieredStopAtLevel");
        assertThat(nettcp("routes").out()).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void optionsForTheJvmComeFromTheEnvironment() throws Exception {
        assertThat(nettcp(Map.of("NETTCP_OPTS", "-Xmx64m -Dx=y"), "demo").out()).contains("-Xmx64m\n-Dx=y\n");
    }

    @Test
    void aNewerJdkIsToldNotToWarnOfNetty() throws Exception {
        java("25.0.3");
        assertThat(nettcp("demo").out()).contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void noJavaIsOneSentence() throws Exception {
        Files.delete(tools.resolve("java"));
        assertThat(nettcp("demo"))
                .isEqualTo(
                        failed(
                                "found no Java; install JDK 17 or newer (Debian: apt install openjdk-17-jdk-headless maven) or set JAVA_HOME."));
    }

    @Test
    void aJavaHomeWithoutJavaIsOneSentence() throws Exception {
        assertThat(nettcp(Map.of("JAVA_HOME", "/nowhere"), "demo"))
                .isEqualTo(failed("JAVA_HOME=/nowhere holds no bin/java; correct it or unset it."));
    }

    @Test
    void aJavaThatIsTooOldIsOneSentence() throws Exception {
        java("11.0.22");
        assertThat(nettcp(Map.of("JAVA_HOME", jdk.toString()), "demo"))
                .isEqualTo(failed("JAVA_HOME=" + jdk
                        + " is Java 11.0.22, but nettcp needs 17 or newer; set JAVA_HOME to such a JDK."));
        java("1.8.0_402");
        assertThat(nettcp("demo").err()).contains("is Java 1.8.0_402, but nettcp needs 17 or newer");
    }

    @Test
    void aJavaWithoutCompilerIsOneSentence() throws Exception {
        Files.delete(jdk.resolve("bin/javac"));
        assertThat(nettcp("demo"))
                .isEqualTo(failed(jdk + " is a Java runtime without a compiler, and nettcp must be built first; "
                        + "install a JDK, 17 or newer (Debian: apt install openjdk-17-jdk-headless)."));
    }

    @Test
    void noMavenIsOneSentence() throws Exception {
        Files.delete(tools.resolve("mvn"));
        assertThat(nettcp("demo"))
                .isEqualTo(
                        failed(
                                "found no Maven, and nettcp must be built first; install Maven 3.8 or newer (Debian: apt install maven)."));
    }

    @Test
    void aMavenThatIsTooOldIsOneSentence() throws Exception {
        maven("3.6.3", "mkdir -p cli/target/lib");
        assertThat(nettcp("demo"))
                .isEqualTo(failed(tools.resolve("mvn") + " is Maven 3.6.3, but nettcp needs 3.8 or newer to build."));
    }

    @Test
    void versionsAreComparedAsNumbers() throws Exception {
        maven("3.10.1", "mkdir -p cli/target/lib");
        assertThat(nettcp("demo").status()).isEqualTo(7);
    }

    @Test
    void aFailedBuildNamesItsLogAndIsTriedAgain() throws Exception {
        maven("3.8.7", "echo '[ERROR] Main.java: not a statement'; exit 1");
        Run first = nettcp("demo");
        Path log = checkout.resolve("cli/target/build.log");
        assertThat(first.status()).isEqualTo(1);
        assertThat(first.err())
                .endsWith("[ERROR] Main.java: not a statement\nnettcp: the build failed; its whole log is " + log
                        + ".\n");
        assertThat(log).content().contains("not a statement");
        assertThat(first.out()).isEmpty();

        maven("3.8.7", "mkdir -p cli/target/lib");
        assertThat(nettcp("demo").status()).isEqualTo(7);
    }

    @Test
    void aBuildThatLacksALibrarySaysSo() throws Exception {
        maven("3.8.7", "echo '[ERROR] Could not transfer artifact x:y:jar:1 from/to central'; exit 1");
        assertThat(nettcp("demo").err()).contains("Maven could not fetch a library, perhaps for want of a network");
    }

    @Test
    void twoThatStartAtOnceBuildOnce() throws Exception {
        maven("3.8.7", "sleep 0.5; mkdir -p cli/target/lib");
        Started first = start(checkout, Map.of(), List.of("./nettcp", "demo"));
        Started second = start(checkout, Map.of(), List.of("./nettcp", "demo"));
        assertThat(List.of(first.end().status(), second.end().status())).containsExactly(7, 7);
        assertThat(asked).content().hasLineCount(1);
    }

    @Test
    void mavenEndsWithAScriptThatIsKilled() throws Exception {
        Path pid = directory.resolve("pid of maven");
        maven("3.8.7", "echo $$ > '" + pid + "'; exec sleep 60");
        Started script = start(checkout, Map.of(), List.of("./nettcp", "demo"));
        await().atMost(40, TimeUnit.SECONDS).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        ProcessHandle maven =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

        script.process().destroyForcibly();

        maven.onExit().get(40, TimeUnit.SECONDS);
    }

    private Run nettcp(String... arguments) throws Exception {
        return nettcp(Map.of(), arguments);
    }

    private Run nettcp(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("./nettcp"));
        command.addAll(List.of(arguments));
        return run(checkout, environment, command);
    }

    private Run run(Path where, Map<String, String> environment, List<String> command) throws Exception {
        return start(where, environment, command).end();
    }

    private Started start(Path where, Map<String, String> environment, List<String> command) throws IOException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    private record Started(Process process, Path out, Path err) {

        Run end() throws Exception {
            return new Run(process.waitFor(), Files.readString(out), Files.readString(err));
        }
    }

    private record Run(int status, String out, String err) {}

    private static Run failed(String sentence) {
        return new Run(1, "", "nettcp: " + sentence + "\n");
    }

    private void java(String version) throws IOException {
        script(jdk.resolve("bin/java"), """
                if [ "$1" = -version ]; then
                    echo 'openjdk version "%s" 2025-04-15' >&2
                    exit 0
                fi
                printf '%%s\\n' "$@"
                exit 7""".formatted(version));
    }

    private void maven(String version, String build) throws IOException {
        script(tools.resolve("mvn"), """
                for argument in "$@"; do
                    if [ "$argument" = --version ]; then echo 'Apache Maven %s'; exit 0; fi
                done
                echo "$@" >> '%s'
                %s""".formatted(version, asked, build));
    }

    private static void script(Path file, String body) throws IOException {
        write(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }

    private static Path whereIs(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(where -> Path.of(where, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(tool + " is needed for this test"));
    }
}
