package touchstone.extension;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import touchstone.kernel.display.HtmlText;

/**
 * Small pieces of HTML. Colours come from the page ({@code currentColor}, see-through borders), so that tables fit light and
 * dark notebooks alike; styles are inline, for front ends drop style sheets.
 */
final class Html {
    private static final String LINE = "1px solid rgba(128,128,128,0.35)";
    private static final String CELL = "padding:0.25em 0.75em;vertical-align:top;border:0;background:transparent;";
    private static final int LONGEST = 200;

    private Html() {}

    /** Text as HTML shows it: no markup in it survives, and MathJax reads no formula between two dollar signs. */
    static String escape(String text) {
        return HtmlText.escape(text).replace("$", "<span>$</span>");
    }

    /** Text cut to a length fit for a cell, before escaping. */
    static String brief(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }

    /** Opens a table. */
    static String open() {
        return "<table style=\"border-collapse:collapse;border:0;margin:0.4em 0;color:inherit;font-size:0.95em\">";
    }

    /** A head row of plain texts. */
    static String head(List<String> names, boolean right) {
        return head(names, Collections.nCopies(names.size(), right));
    }

    /** A head row of plain texts, each to the right or not. */
    static String head(List<String> names, List<Boolean> right) {
        var row = new StringBuilder("<thead><tr style=\"border-bottom:" + LINE + ";background:transparent\">");
        for (int i = 0; i < names.size(); i++) {
            row.append("<th scope=\"col\" style=\"" + CELL + "font-weight:600;" + align(right.get(i)) + "\">")
                    .append(escape(names.get(i)))
                    .append("</th>");
        }
        return row.append("</tr></thead>").toString();
    }

    /** A row of cells that are HTML already. */
    static String row(List<String> cells, boolean right) {
        return row(cells, Collections.nCopies(cells.size(), right));
    }

    /** A row of cells that are HTML already, each to the right or not. */
    static String row(List<String> cells, List<Boolean> right) {
        var row = new StringBuilder("<tr style=\"border-bottom:" + LINE + ";background:transparent\">");
        for (int i = 0; i < cells.size(); i++) {
            row.append("<td style=\"" + CELL + align(right.get(i)) + "\">")
                    .append(cells.get(i))
                    .append("</td>");
        }
        return row.append("</tr>").toString();
    }

    private static String align(boolean right) {
        return "text-align:" + (right ? "right;font-variant-numeric:tabular-nums" : "left");
    }

    /** A whole table of plain texts. */
    static String table(List<String> head, List<List<String>> rows, boolean right) {
        int columns =
                Math.max(head.size(), rows.stream().mapToInt(List::size).max().orElse(0));
        return table(head, rows, Collections.nCopies(columns, right));
    }

    /** A whole table of plain texts, each column to the right or not. */
    static String table(List<String> head, List<List<String>> rows, List<Boolean> right) {
        UnaryOperator<String> cell = text -> escape(brief(text));
        var html = new StringBuilder(open());
        if (!head.isEmpty()) {
            html.append(head(head, right));
        }
        html.append("<tbody>");
        rows.forEach(r -> html.append(row(r.stream().map(cell).toList(), right)));
        return html.append("</tbody></table>").toString();
    }

    /** A faint line below a table. */
    static String note(String text) {
        return "<div style=\"opacity:0.7;font-size:0.85em;margin:0.2em 0 0.6em\">" + escape(text) + "</div>";
    }

    /** The same table as lines of text in columns. */
    static String text(List<String> head, List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        if (!head.isEmpty()) {
            all.add(head);
        }
        rows.forEach(r -> all.add(r.stream().map(Html::line).toList()));
        int columns = all.stream().mapToInt(List::size).max().orElse(0);
        var widths = new int[columns];
        for (List<String> r : all) {
            for (int c = 0; c < r.size(); c++) {
                widths[c] = Math.max(widths[c], r.get(c).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> r : all) {
            for (int c = 0; c < r.size(); c++) {
                text.append(" ".repeat(widths[c] - r.get(c).length())).append(r.get(c));
                text.append(c + 1 < r.size() ? "  " : "\n");
            }
        }
        return text.toString();
    }

    private static String line(String text) {
        String one = text.replaceAll("\\R", " ");
        return one.length() <= 60 ? one : one.substring(0, 59) + "…";
    }
}
