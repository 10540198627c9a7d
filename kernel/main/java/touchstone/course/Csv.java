package touchstone.course;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated text as RFC 4180 has it, with line feeds at the ends of lines. */
final class Csv {
    private Csv() {}

    /** The fields of all rows that are not empty; quoted ones with commas, quotes and line ends. */
    static List<List<String>> rows(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                boolean twice = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (c != '"' || twice) {
                    field.append(c);
                    i += twice ? 1 : 0;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    addRow(rows, row);
                }
            } else if (c != '\r') {
                field.append(c);
            }
        }
        row.add(field.toString());
        addRow(rows, row);
        return rows;
    }

    private static void addRow(List<List<String>> rows, List<String> row) {
        if (row.size() > 1 || !row.get(0).isEmpty()) {
            rows.add(List.copyOf(row));
        }
        row.clear();
    }

    /** Rows as text, each field quoted where it must be. */
    static String text(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\n")
                .collect(Collectors.joining());
    }

    private static String quoted(String field) {
        return field.matches("[^\",\n\r]*") ? field : "\"" + field.replace("\"", "\"\"") + "\"";
    }

    /** Text of a stranger that a spreadsheet would take for a formula, with a quote before it so that it does not. */
    static String harmless(String text) {
        return text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    }
}
