package dev.nettcp.interop.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.interop.house.Repository.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A stranger who clones the project finds everything in it that it refers to, and nothing of anybody's machine. */
class HouseRulesTest {

    /** This file names what it forbids. */
    private static final Predicate<Source> THIS_FILE =
            source -> source.toString().endsWith("HouseRulesTest.java");

    private static final Predicate<Source> GOLDEN =
            source -> source.toString().contains("/resources/dev/nettcp/testkit/");

    private static final Predicate<Source> JAVA = source -> source.toString().endsWith(".java");

    private static List<String> lines(Predicate<Source> where, String pattern) {
        Pattern wrong = Pattern.compile(pattern);
        List<String> found = new ArrayList<>();
        for (Source source : Repository.sources()) {
            if (where.and(THIS_FILE.negate()).test(source)) {
                for (int i = 0; i < source.lines().size(); i++) {
                    if (wrong.matcher(source.lines().get(i)).find()) {
                        found.add("%s:%d: %s"
                                .formatted(source, i + 1, source.lines().get(i).strip()));
                    }
                }
            }
        }
        return found;
    }

    @Test
    void noFileRefersToAPageThatIsNotInTheProject() {
        assertThat(lines(
                        source -> true,
                        "\\b(port-sharing|framing|binary-xml|soap-messaging|ecosystem|design|style)\\.md\\b"))
                .isEmpty();
    }

    @Test
    void noFileNamesAPathOfSomebodysMachine() {
        assertThat(lines(GOLDEN.negate(), "(^|[^A-Za-z0-9_.])/(work|root|home/[a-z]+)/"))
                .isEmpty();
    }

    @Test
    void onlyContinuousIntegrationLooksBesideTheProject() {
        assertThat(lines(source -> !source.toString().equals(".ci/run"), "\\.\\./shared"))
                .isEmpty();
    }

    @Test
    void noTestSleepsOrIsDisabled() {
        assertThat(lines(JAVA.and(source -> source.toString().contains("/src/test/")), "Thread\\.sleep|@Disabled\\b"))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(lines(GOLDEN.negate(), "\\b(TODO|FIXME|XXX|HACK)\\b")).isEmpty();
    }

    /** NullAway checks only what is marked. */
    @Test
    void everyPackageIsNullMarkedByItsModuleOrItself() {
        Set<Path> marked = new HashSet<>();
        Set<Path> packages = new TreeSet<>();
        for (Source source : Repository.sources()) {
            if (source.toString().contains("/src/main/java/") && JAVA.test(source)) {
                if (source.lines().contains("@NullMarked")) {
                    marked.add(source.path().getParent());
                }
                if (!source.path().endsWith("module-info.java")) {
                    packages.add(source.path().getParent());
                }
            }
        }
        packages.removeIf(each -> marked.contains(each) || marked.contains(sourceRoot(each)));

        assertThat(packages).isEmpty();
    }

    private static Path sourceRoot(Path inSources) {
        Path root = inSources;
        while (!root.endsWith("src/main/java")) {
            root = root.getParent();
        }
        return root;
    }
}
