package dev.nettcp.interop.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of contracts on the page says that every scenario there is has passed. */
class ContractTableTest {

    @Test
    void everythingHasPassedInTheLastRunOfEverything() throws IOException {
        List<String> page = Files.readAllLines(ContractTable.PAGE);

        assertThat(page.subList(page.indexOf(ContractTable.BEGIN) + 1, page.indexOf(ContractTable.END)))
                .as("run interop-tests/contracts, which writes it")
                .isEqualTo(ContractTable.table(cell -> Set.copyOf(ContractTable.scenarios(cell))));
    }
}
