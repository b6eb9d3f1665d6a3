package dev.nettcp.interop.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.nettcp.nbfx.astray.ReachesIntoFraming;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar")) // a room's tests, seen from outside
            .withImportOption(location -> !location.contains("/testkit/") && !location.contains("nettcp-testkit"))
            .importPackages("dev.nettcp");

    static Stream<Room> rooms() {
        return Room.ALL.stream();
    }

    private static ArchRule importsOnlyWhatItMay(Room room) {
        return classes().that(room.classes()).should().onlyDependOnClassesThat(room.allowedImports());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyTheRoomsAndLibrariesItMay(Room room) {
        importsOnlyWhatItMay(room).check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomOfTheLibraryPrintsNothing(Room room) {
        noClasses()
                .that(room.classes())
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(HOUSE);
    }

    @Test
    void everyClassOfTheLibraryIsInARoomThatHasARule() {
        classes()
                .that()
                .resideOutsideOfPackages("dev.nettcp.cli..", "dev.nettcp.examples..")
                .should(ArchCondition.from(DescribedPredicate.describe(
                        "be in a room of Room.ALL",
                        type -> Room.ALL.stream().anyMatch(room -> room.holds(type.getName())))))
                .check(HOUSE);
    }

    @Test
    void aClassThatImportsWhatItsRoomMayNotIsFound() {
        JavaClasses wrong = new ClassFileImporter().importClasses(ReachesIntoFraming.class);

        assertThatThrownBy(() -> importsOnlyWhatItMay(Room.named("nbfx")).check(wrong))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ReachesIntoFraming")
                .hasMessageContaining("dev.nettcp.framing.FramingMode");
    }
}
