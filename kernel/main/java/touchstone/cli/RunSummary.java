package touchstone.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import touchstone.notebook.Ledger;
import touchstone.notebook.RunResult;

/**
 * What several runs came to.
 *
 * @param results in the order of the command line
 */
record RunSummary(List<RunResult> results) {
    RunSummary {
        results = List.copyOf(results);
    }

    /** Verdict counts of this run, older entries of the ledger left aside. */
    Map<String, Integer> verdicts() {
        var counts = new TreeMap<String, Integer>();
        for (RunResult result : results) {
            Ledger.verdicts(Ledger.tables(result.job().notebook()))
                    .forEach((verdict, count) -> counts.merge(verdict, count, Integer::sum));
        }
        return counts;
    }

    int claims() {
        return verdicts().values().stream().mapToInt(Integer::intValue).sum();
    }

    int exitCode(boolean strict) {
        int worst = results.stream()
                .mapToInt(result -> result.status().exitCode())
                .max()
                .orElse(0);
        return worst == 0 && strict && verdicts().containsKey("REFUTED") ? 1 : worst;
    }

    /** One path a line: the executed notebooks that were written. */
    String paths() {
        return results.stream()
                .map(result -> result.job().output())
                .filter(Files::exists)
                .map(Path::toString)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** For people: notebooks, time, verdicts. */
    String sentence() {
        long failed = results.stream()
                .filter(result -> result.status() != RunResult.Status.OK)
                .count();
        double seconds = results.stream()
                .mapToDouble(result -> result.duration().toMillis() / 1000.0)
                .sum();
        var parts = new ArrayList<String>();
        verdicts().forEach((verdict, count) -> parts.add(count + " " + verdict));
        int claims = claims();
        return String.format(
                Locale.ROOT,
                "%d notebook%s, %d failed, %.1f s%s",
                results.size(),
                results.size() == 1 ? "" : "s",
                failed,
                seconds,
                claims == 0 ? "" : "; " + claims + (claims == 1 ? " claim: " : " claims: ") + String.join(", ", parts));
    }

    String toJson() {
        var notebooks = new JsonArray();
        results.forEach(result -> notebooks.add(result.toJson()));
        var counts = new JsonObject();
        verdicts().forEach(counts::addProperty);
        var json = new JsonObject();
        json.addProperty("ok", exitCode(false) == 0);
        json.add("notebooks", notebooks);
        json.add("verdicts", counts);
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(json);
    }
}
