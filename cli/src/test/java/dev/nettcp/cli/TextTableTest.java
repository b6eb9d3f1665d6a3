package dev.nettcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.cli.TextTable.Column;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCellAndLinesHaveNoTrail() {
        var table = new TextTable(Column.right("pid"), Column.left("via"), Column.left("state"));
        table.row("7", "net.tcp://a/", "");
        table.row("12345", "net.tcp://abc/", "ok");
        assertThat(table.lines())
                .containsExactly("  pid  via             state", "    7  net.tcp://a/", "12345  net.tcp://abc/  ok");
    }

    @Test
    void aTableWithoutRowsIsItsTitles() {
        assertThat(new TextTable(Column.left("a"), Column.left("b")).lines()).containsExactly("a  b");
    }

    @Test
    void aRowHasACellForEveryColumn() {
        var table = new TextTable(Column.left("a"));
        assertThatThrownBy(() -> table.row("1", "2")).isInstanceOf(IllegalArgumentException.class);
    }
}
