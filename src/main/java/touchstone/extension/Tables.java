package touchstone.extension;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import touchstone.kernel.display.MimeBundle;

/** Tablesaw tables: at most 20 rows and 20 columns of them, numbers to the right, with the shape. */
final class Tables {
    private static final int MOST = 20;
    private static final String GAP = "…";

    private Tables() {}

    static void render(Table table, MimeBundle bundle) {
        Elision rows = Elision.of(table.rowCount(), MOST);
        Elision columns = Elision.of(table.columnCount(), MOST);
        List<String> head = new ArrayList<>(columns.map(c -> table.column(c).name(), GAP));
        List<String> gap = columns.map(c -> GAP, GAP);
        List<List<String>> cells = rows.map(r -> columns.map(c -> value(table.column(c), r), GAP), gap);
        List<Boolean> right = columns.map(c -> isNumber(table.column(c)), false);
        String shape = String.format("%,d rows × %d columns", table.rowCount(), table.columnCount());
        String name = table.name() == null || table.name().isBlank() ? "" : table.name() + ": ";
        bundle.put(MimeBundle.HTML, Html.table(head, cells, right) + Html.note(name + shape));
        bundle.put(MimeBundle.TEXT, Html.text(head, cells) + name + shape);
    }

    private static boolean isNumber(Column<?> column) {
        return column instanceof NumericColumn<?>;
    }

    private static String value(Column<?> column, int row) {
        return column.isMissing(row) ? "" : column.getString(row);
    }
}
