package touchstone.claims;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import touchstone.stats.Interval;
import touchstone.util.Json;

/**
 * The streak a notebook leaves: every claim with its measured value, its interval and its verdict.
 *
 * @param paper slug of the paper
 * @param results the claims in order
 * @param provenance where and with what they were checked
 */
public record ClaimsTable(String paper, List<ClaimResult> results, Provenance provenance) {
    public ClaimsTable {
        results = List.copyOf(results);
    }

    /** How many claims got a verdict. */
    public long count(Verdict verdict) {
        return results.stream().filter(r -> r.verdict() == verdict).count();
    }

    /** The table as {@code application/vnd.touchstone.claims+json}: paper, claims and provenance. */
    public JsonObject toJson() {
        var json = new JsonObject();
        json.addProperty("paper", paper);
        var claims = new JsonArray();
        results.forEach(r -> claims.add(toJson(r)));
        json.add("claims", claims);
        json.add("provenance", Json.of(provenance));
        return json;
    }

    private static JsonObject toJson(ClaimResult r) {
        var json = new JsonObject();
        json.addProperty("id", r.claim().id());
        json.addProperty("statement", r.claim().statement());
        json.addProperty("condition", r.claim().condition());
        json.addProperty("measured", r.measured());
        json.add("interval", r.interval().map(ClaimsTable::ends).orElse(JsonNull.INSTANCE));
        json.addProperty("level", r.interval().map(Interval::level).orElse(0.95));
        json.addProperty("samples", r.samples());
        json.addProperty("method", r.method());
        json.addProperty("verdict", r.verdict().toString());
        return json;
    }

    private static JsonElement ends(Interval i) {
        return Json.of(new double[] {i.lower(), i.upper()});
    }

    /** The interval of a result as tables print it, such as {@code [0.1, 0.14]}; a dash where there is none. */
    public static String intervalText(ClaimResult r) {
        return r.interval()
                .map(i -> "[" + Numbers.brief(i.lower()) + ", " + Numbers.brief(i.upper()) + "] "
                        + Numbers.percent(i.level()))
                .orElse("-");
    }

    /** The measured value as tables print it, to four digits. */
    public static String measuredText(ClaimResult r) {
        return Numbers.brief(r.measured());
    }

    /** Plain text, a line a claim. */
    @Override
    public String toString() {
        var text = new StringBuilder("Claims of " + paper + ", at this scale\n");
        for (ClaimResult r : results) {
            text.append(String.format(
                    "%-10s %s: %s %s; measured %s, interval %s (%s)%n",
                    r.verdict(),
                    r.claim().id(),
                    r.claim().statement(),
                    r.claim().condition(),
                    measuredText(r),
                    intervalText(r),
                    r.method()));
        }
        return text.append(provenance.line()).toString();
    }
}
