package touchstone.rlhf.preference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import touchstone.data.JsonLines;
import touchstone.rlhf.preference.PreferenceDataset.Numbered;
import touchstone.rlhf.preference.PreferencePair.Safety;

/** Preference pairs from and to files and tables. */
final class PreferenceFiles {
    private PreferenceFiles() {}

    /** What is wrong with a line. */
    private static final class TroubleException extends Exception {
        private static final long serialVersionUID = 1;
        private final LeftOut.Reason reason;

        private TroubleException(LeftOut.Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
        }
    }

    static PreferenceDataset read(Path file, String source) {
        JsonLines lines = JsonLines.read(file);
        var pairs = new ArrayList<Numbered>();
        var unread = new ArrayList<LeftOut>();
        lines.bad()
                .forEach(b -> unread.add(new LeftOut(
                        b.number(), b.encoding() ? LeftOut.Reason.ENCODING : LeftOut.Reason.BROKEN, b.reason())));
        for (JsonLines.Line line : lines.lines()) {
            try {
                pairs.add(new Numbered(line.number(), pair(line.object())));
            } catch (TroubleException e) {
                unread.add(new LeftOut(line.number(), e.reason, e.getMessage() + ""));
            }
        }
        if (pairs.isEmpty()) {
            unread.sort(Comparator.comparingInt(LeftOut::line));
            String first = unread.isEmpty() ? "it is empty" : "the first trouble is " + unread.get(0);
            throw new UncheckedIOException(new IOException(file + " holds no preference pair: " + first
                    + "; a line must be a JSON object with the texts \"chosen\" and \"rejected\""));
        }
        return PreferenceDataset.of(pairs, source, false, unread);
    }

    private static PreferencePair pair(JsonObject object) throws TroubleException {
        String chosen = text(object, "chosen");
        String rejected = text(object, "rejected");
        PreferencePair pair = object.has("prompt")
                ? new PreferencePair(text(object, "prompt"), chosen, rejected)
                : PreferencePair.ofDialogues(chosen, rejected);
        if (object.has("margin")) {
            double margin = value(object, "margin", "number", JsonPrimitive::isNumber, JsonPrimitive::getAsDouble);
            if (!Double.isFinite(margin)) {
                throw new TroubleException(LeftOut.Reason.BROKEN, "needs a finite \"margin\", was " + margin);
            }
            pair = pair.withMargin(margin);
        }
        return pair.withSafety(safety(object, "chosen_safe"), safety(object, "rejected_safe"));
    }

    private static String text(JsonObject object, String field) throws TroubleException {
        return whole(value(object, field, "text", JsonPrimitive::isString, JsonPrimitive::getAsString), field);
    }

    private static String whole(String text, String field) throws TroubleException {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new TroubleException(
                        LeftOut.Reason.ENCODING, "\"" + field + "\" has half a surrogate pair at character " + (i + 1));
            }
        }
        return text;
    }

    private static Safety safety(JsonObject object, String field) throws TroubleException {
        if (!object.has(field)) {
            return Safety.UNKNOWN;
        }
        return value(object, field, "truth value", JsonPrimitive::isBoolean, JsonPrimitive::getAsBoolean)
                ? Safety.SAFE
                : Safety.HARMFUL;
    }

    private static <T> T value(
            JsonObject object, String field, String type, Predicate<JsonPrimitive> is, Function<JsonPrimitive, T> get)
            throws TroubleException {
        JsonElement e = object.get(field);
        if (e == null || !e.isJsonPrimitive() || !is.test(e.getAsJsonPrimitive())) {
            throw new TroubleException(
                    LeftOut.Reason.BROKEN,
                    "needs the " + type + " \"" + field + "\", has " + (e == null ? "none" : "another type"));
        }
        return get.apply(e.getAsJsonPrimitive());
    }

    static PreferenceDataset of(Table table) {
        for (String needed : List.of("chosen", "rejected")) {
            if (!table.containsColumn(needed)) {
                throw new IllegalArgumentException(
                        "table must have the column " + needed + ", had " + table.columnNames());
            }
        }
        var pairs = new ArrayList<Numbered>();
        var unread = new ArrayList<LeftOut>();
        for (int i = 0; i < table.rowCount(); i++) {
            try {
                pairs.add(new Numbered(i + 1, pair(table, i)));
            } catch (TroubleException e) {
                unread.add(new LeftOut(i + 1, e.reason, e.getMessage() + ""));
            }
        }
        return PreferenceDataset.of(pairs, table.name() == null ? "table" : table.name(), false, unread);
    }

    private static PreferencePair pair(Table table, int row) throws TroubleException {
        String chosen = cell(table, "chosen", row);
        String rejected = cell(table, "rejected", row);
        PreferencePair pair = table.containsColumn("prompt")
                ? new PreferencePair(cell(table, "prompt", row), chosen, rejected)
                : PreferencePair.ofDialogues(chosen, rejected);
        if (table.containsColumn("margin")) {
            pair = pair.withMargin(margin(cell(table, "margin", row)));
        }
        return pair.withSafety(safety(table, "chosen_safe", row), safety(table, "rejected_safe", row));
    }

    private static double margin(String cell) throws TroubleException {
        try {
            double margin = cell.isEmpty() ? 0 : Double.parseDouble(cell);
            if (Double.isFinite(margin)) {
                return margin;
            }
        } catch (NumberFormatException e) {
            // falls to the sentence below
        }
        throw new TroubleException(LeftOut.Reason.BROKEN, "needs a finite margin, was " + cell);
    }

    private static String cell(Table table, String column, int row) throws TroubleException {
        return whole(table.column(column).getString(row), column);
    }

    private static Safety safety(Table table, String column, int row) throws TroubleException {
        String cell = table.containsColumn(column) ? cell(table, column, row) : "";
        return switch (cell) {
            case "true" -> Safety.SAFE;
            case "false" -> Safety.HARMFUL;
            case "" -> Safety.UNKNOWN;
            default ->
                throw new TroubleException(
                        LeftOut.Reason.BROKEN, "needs true, false or nothing for " + column + ", was " + cell);
        };
    }

    static Table table(PreferenceDataset set) {
        return Table.create(
                set.source(),
                column("prompt", set, PreferencePair::prompt),
                column("chosen", set, PreferencePair::chosen),
                column("rejected", set, PreferencePair::rejected),
                DoubleColumn.create(
                        "margin",
                        set.pairs().stream().mapToDouble(PreferencePair::margin).toArray()),
                column("chosen_safe", set, p -> safe(p.chosenSafety())),
                column("rejected_safe", set, p -> safe(p.rejectedSafety())));
    }

    private static String safe(Safety safety) {
        return switch (safety) {
            case SAFE -> "true";
            case HARMFUL -> "false";
            case UNKNOWN -> "";
        };
    }

    private static StringColumn column(String name, PreferenceDataset set, Function<PreferencePair, String> value) {
        return StringColumn.create(name, set.pairs().stream().map(value));
    }
}
