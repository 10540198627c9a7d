package touchstone.cli;

import static touchstone.cli.BenchReport.number;
import static touchstone.cli.BenchReport.speed;
import static touchstone.cli.BenchReport.text;
import static touchstone.cli.BenchReport.verdict;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The table of a benchmark, in text. */
record BenchTable(BenchReport report) {
    private static final List<String> HEAD = List.of(
            "operation",
            "size",
            "precision",
            "unit",
            "cpu",
            "gpu",
            "ceiling",
            "gpu/ceiling",
            "torch",
            "ours/torch",
            "error cpu",
            "error gpu",
            "bound");
    private static final int LEFT = 4; // columns of words
    private static final String NONE = "-";

    String draw() {
        var lines = new ArrayList<List<String>>();
        lines.add(HEAD);
        var notes = new ArrayList<String>();
        for (JsonObject row : report.rows()) {
            lines.add(cells(row, notes));
        }
        var out = new StringBuilder(head());
        int[] widths = widths(lines);
        lines.forEach(line -> out.append(line(line, widths)).append('\n'));
        notes.stream().distinct().forEach(n -> out.append(n).append('\n'));
        return out.toString();
    }

    private String head() {
        JsonObject m = report.machine();
        String card = m.has("card")
                ? text(m.getAsJsonObject("card"), "name") + ", compute capability "
                        + text(m.getAsJsonObject("card"), "major") + "." + text(m.getAsJsonObject("card"), "minor")
                : "not measured";
        JsonObject t = report.torch();
        String torch = t.has("torch") ? text(t, "torch") + " on " + text(t, "device") : text(t, "absent");
        return "card: " + card + "\nprocessor: " + text(m, "processors") + " threads, Java " + text(m, "java") + ", "
                + text(m, "os") + "\ntorch: " + torch + "\nseed: " + text(m, "seed")
                + "; every operation was first compared with float64 on fresh inputs: error = |out - ref| / |ref|\n\n";
    }

    private List<String> cells(JsonObject row, List<String> notes) {
        OptionalDouble gpu = speed(row, "gpu");
        OptionalDouble ceiling = number(row, "ceiling");
        boolean both = gpu.isPresent() && ceiling.isPresent();
        return List.of(
                text(row, "operation"),
                text(row, "size"),
                text(row, "precision"),
                text(row, "unit"),
                cell(row, "cpu", notes),
                cell(row, "gpu", notes),
                ceiling.isPresent() ? figure(ceiling.getAsDouble()) : NONE,
                both ? figure(gpu.getAsDouble() / ceiling.getAsDouble()) : NONE,
                torch(row, notes),
                number(row, "ratio").isPresent() ? figure(number(row, "ratio").getAsDouble()) : NONE,
                error(row, "cpu"),
                error(row, "gpu"),
                bound(row));
    }

    private static String cell(JsonObject row, String machine, List<String> notes) {
        if (!row.has(machine)) {
            return NONE;
        }
        JsonObject found = row.getAsJsonObject(machine);
        String note = text(found, "note");
        if (!note.isEmpty()) {
            notes.add(verdict(row, machine) + " (" + machine + "): " + text(row, "operation") + ", " + text(row, "size")
                    + ", " + text(row, "precision") + ": " + note);
        }
        if (!verdict(row, machine).equals("OK")) {
            return verdict(row, machine);
        }
        double share = number(found, "share").orElse(1);
        if (share < 1) {
            notes.add("~ (" + machine + "): timed on " + figure(100 * share) + " % of the work and scaled: "
                    + text(row, "operation") + ", " + text(row, "size"));
        }
        return (share < 1 ? "~" : "") + figure(number(found, "speed").orElse(Double.NaN));
    }

    private static String torch(JsonObject row, List<String> notes) {
        OptionalDouble speed = number(row, "torchSpeed");
        if (speed.isEmpty() && row.has("torchSpeed")) {
            notes.add("torch: " + text(row, "operation") + ", " + text(row, "size") + ": " + text(row, "torchSpeed"));
            return "failed";
        }
        return speed.isPresent() ? figure(speed.getAsDouble()) : NONE;
    }

    private static String error(JsonObject row, String machine) {
        boolean compared = List.of("OK", "WRONG").contains(verdict(row, machine));
        if (!compared) {
            return NONE;
        }
        OptionalDouble error = number(row.getAsJsonObject(machine), "error");
        return error.isPresent() ? small(error.getAsDouble()) : text(row.getAsJsonObject(machine), "error");
    }

    private static String bound(JsonObject row) {
        return small(number(row, "bound").orElse(Double.NaN));
    }

    private static String small(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.0e", value);
    }

    /** Three digits that count. */
    private static String figure(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : value >= 0.01 ? 3 : 5;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static int[] widths(List<List<String>> lines) {
        var widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], line.get(c).length());
            }
        }
        return widths;
    }

    private static String line(List<String> cells, int... widths) {
        var out = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String pad = " ".repeat(widths[c] - cells.get(c).length());
            out.append(c < LEFT ? cells.get(c) + pad : pad + cells.get(c)).append("  ");
        }
        return out.toString().stripTrailing();
    }
}
