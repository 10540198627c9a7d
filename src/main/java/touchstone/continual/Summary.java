package touchstone.continual;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import touchstone.util.Check;
import touchstone.util.Json;

/**
 * Named figures of one thing, as a table and as JSON.
 *
 * @param name of what they are figures of
 * @param figures by name, in order; NaN where a figure is undefined
 */
public record Summary(String name, Map<String, Double> figures) {
    public Summary {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** A summary under another name, such as that of a strategy in a comparison. */
    public Summary named(String other) {
        return new Summary(other, figures);
    }

    /** A figure; NaN when there is none of that name. */
    public double figure(String metric) {
        return figures.getOrDefault(metric, Double.NaN);
    }

    /** These figures, then others; of two of one name the later. */
    public Summary with(Map<String, Double> others) {
        var all = new LinkedHashMap<>(figures);
        all.putAll(others);
        return new Summary(name, all);
    }

    /** Two columns, "metric" and "value"; NaN is a missing value. */
    public Table table() {
        return Table.create(
                name, StringColumn.create("metric", figures.keySet()), DoubleColumn.create("value", figures.values()));
    }

    /** One JSON object, metrics as members in order; NaN and the infinities, which JSON lacks, as text. */
    public String json() {
        return Json.of(figures).toString();
    }

    /** A row a summary, a column a metric, in the order in which metrics first occur; what a summary lacks is missing. */
    public static Table compare(String title, List<Summary> summaries) {
        Check.nonEmpty(summaries.size(), "summaries");
        Set<String> metrics = new LinkedHashSet<>();
        summaries.forEach(s -> metrics.addAll(s.figures.keySet()));
        Table table = Table.create(
                title, StringColumn.create("name", summaries.stream().map(Summary::name)));
        for (String metric : metrics) {
            double[] values =
                    summaries.stream().mapToDouble(s -> s.figure(metric)).toArray();
            table.addColumns(DoubleColumn.create(metric, values));
        }
        return table;
    }
}
