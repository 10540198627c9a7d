package touchstone.ood;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import touchstone.stats.Interval;
import touchstone.stats.MeanInterval;
import touchstone.stats.RankTable;
import touchstone.util.Check;

/**
 * What a {@link Benchmark} measured.
 *
 * @param kinds of out-of-distribution data
 * @param trials number of seeds
 * @param rows a detector and a kind each, in the order of the detectors
 * @param leftOut detectors that could not be fitted, with the reason
 */
public record BenchmarkTable(List<String> kinds, int trials, List<Row> rows, Map<String, String> leftOut) {
    public BenchmarkTable {
        kinds = List.copyOf(kinds);
        rows = List.copyOf(rows);
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    }

    /**
     * One detector on one kind, a value a trial.
     *
     * @param auroc in [0, 1], higher is better
     * @param fpr95 share of out-of-distribution rows accepted where 95 % of the others are, in [0, 1], lower is better
     * @param averagePrecision out-of-distribution rows positive, in [0, 1], higher is better
     */
    public record Row(
            String detector, String kind, List<Double> auroc, List<Double> fpr95, List<Double> averagePrecision) {
        static Row of(String detector, String kind, double[] auroc, double[] fpr95, double[] averagePrecision) {
            return new Row(detector, kind, list(auroc), list(fpr95), list(averagePrecision));
        }

        private static List<Double> list(double[] values) {
            return Arrays.stream(values).boxed().toList();
        }
    }

    /** The names of the detectors that were fitted. */
    public List<String> detectors() {
        return rows.stream().map(Row::detector).distinct().toList();
    }

    /** The AUROC of a detector on a kind, a value a trial. */
    public double[] auroc(String detector, String kind) {
        for (Row row : rows) {
            if (row.detector().equals(detector) && row.kind().equals(kind)) {
                return array(row.auroc());
            }
        }
        throw new IllegalArgumentException("detector and kind must be of the table, " + detectors() + " and " + kinds
                + ", were " + detector + " and " + kind);
    }

    /** Student's 95 % interval of the mean AUROC over the trials; of two trials or more. */
    public Interval interval(String detector, String kind) {
        return MeanInterval.of(auroc(detector, kind));
    }

    /**
     * Ranks by AUROC: a data set of the ranking is a kind in a trial. Trials of overlapping data are not independent, so that
     * differences look surer than they are.
     *
     * @throws IllegalArgumentException if there are fewer than two detectors, or one kind in one trial
     */
    public RankTable ranks() {
        List<String> names = detectors();
        var values = new double[kinds.size() * trials][names.size()];
        for (int j = 0; j < names.size(); j++) {
            for (int k = 0; k < kinds.size(); k++) {
                double[] auroc = auroc(names.get(j), kinds.get(k));
                for (int t = 0; t < trials; t++) {
                    values[k * trials + t][j] = auroc[t];
                }
            }
        }
        return RankTable.of(names, values, true);
    }

    /** Means over the trials, a row a detector and kind, best AUROC first; with its standard deviation where trials are several. */
    public Table toTable() {
        List<Row> sorted = rows.stream()
                .sorted(Comparator.comparingDouble((Row r) -> mean(r.auroc())).reversed())
                .toList();
        Table table = Table.create(
                "detectors",
                StringColumn.create(
                        "detector", sorted.stream().map(Row::detector).toList()),
                StringColumn.create("kind", sorted.stream().map(Row::kind).toList()),
                column("AUROC", sorted, r -> mean(r.auroc())),
                column("FPR@95", sorted, r -> mean(r.fpr95())),
                column("average precision", sorted, r -> mean(r.averagePrecision())));
        if (trials > 1) {
            table.insertColumn(3, column("AUROC sd", sorted, r -> deviation(r.auroc())));
        }
        return table;
    }

    private static DoubleColumn column(String name, List<Row> rows, java.util.function.ToDoubleFunction<Row> value) {
        return DoubleColumn.create(
                name, rows.stream().mapToDouble(r -> Math.round(value.applyAsDouble(r) * 1e4) / 1e4));
    }

    /** {@link #toTable()} in GitHub's Markdown, and a line for each detector left out. */
    public String toMarkdown() {
        Table table = toTable();
        var text = new StringBuilder("| " + String.join(" | ", table.columnNames()) + " |\n");
        text.append("|---".repeat(table.columnCount())).append("|\n");
        for (int i = 0; i < table.rowCount(); i++) {
            for (int j = 0; j < table.columnCount(); j++) {
                Object cell = table.get(i, j);
                text.append("| ")
                        .append(cell instanceof Double d ? String.format(Locale.ROOT, "%.4f", d) : cell)
                        .append(' ');
            }
            text.append("|\n");
        }
        leftOut.forEach((name, why) -> text.append("\nLeft out: ")
                .append(name)
                .append(" (")
                .append(why)
                .append(")\n"));
        return text.toString();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double deviation(List<Double> values) {
        Check.atLeast(values.size(), 2, "number of trials");
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1));
    }
}
