package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.Diag;

/** Writes the compiler's complaints about a snippet with the cell's line and a caret. */
final class CompileErrors {
    /** The name under which a cell that does not compile fails. */
    static final String NAME = "CompilationError";

    private CompileErrors() {}

    /**
     * @param snippet the snippet's source, as JShell was given it
     * @param startLine the line of the cell (from 1) on which the snippet begins
     * @param startColumn the column (from 0) of that line at which it begins
     */
    static Outcome.Failure of(
            List<Diag> diagnostics, String snippet, CellIndex.Source cell, int startLine, int startColumn) {
        var lines = new ArrayList<String>();
        String first = "";
        for (Diag diagnostic : diagnostics) {
            if (!diagnostic.isError()) {
                continue;
            }
            String message = diagnostic.getMessage(Locale.ROOT);
            int position = (int) Math.max(0, Math.min(diagnostic.getPosition(), snippet.length()));
            String before = snippet.substring(0, position);
            int newlines = (int) before.chars().filter(c -> c == '\n').count();
            int column = position - (before.lastIndexOf('\n') + 1) + (newlines == 0 ? startColumn : 0);
            CellIndex.Place place = cell.at(startLine + newlines);
            int length = (int) Math.max(1, Math.min(diagnostic.getEndPosition() - position, 80));
            lines.add(Ansi.red(NAME) + ": " + message.lines().findFirst().orElse("") + " (" + Ansi.green(place + "")
                    + ")");
            message.lines().skip(1).forEach(line -> lines.add("    " + line));
            lines.add("    " + place.text());
            int room = Math.max(1, Math.min(length, place.text().length() - column));
            lines.add("    " + " ".repeat(Math.max(0, column)) + Ansi.red("^" + "~".repeat(Math.max(0, room - 1))));
            if (first.isEmpty()) {
                first = message.replaceAll("\\s*\\n\\s*", "; ");
            }
        }
        if (first.isEmpty()) {
            first = "this is not complete Java: a bracket, a quote or a semicolon is missing";
            lines.add(Ansi.red(NAME) + ": " + first + " (" + Ansi.green(cell.at(startLine) + "") + ")");
            lines.add("    " + cell.at(startLine).text());
        }
        return new Outcome.Failure(NAME, first, lines);
    }
}
