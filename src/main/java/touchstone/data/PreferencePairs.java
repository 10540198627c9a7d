package touchstone.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Preference pairs with where they come from and what was left out.
 *
 * @param pairs the pairs kept: no ties, no duplicates, in the source's order
 * @param source the source in words; of a generated set it says that it is generated
 * @param generated whether a program made the pairs up
 * @param ties pairs left out because both answers were the same text
 * @param duplicates pairs left out because an equal pair came before
 */
@Reference("bai2022training")
public record PreferencePairs(List<PreferencePair> pairs, String source, boolean generated, int ties, int duplicates) {
    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    /**
     * Two parts of one set; pairs with the same prompt are in the same part.
     *
     * @param train the larger part, as a rule
     * @param test the rest
     */
    public record Split(PreferencePairs train, PreferencePairs test) {}

    public PreferencePairs {
        pairs = List.copyOf(pairs);
    }

    /** Leaves ties and duplicates out of pairs and counts them. */
    public static PreferencePairs of(List<PreferencePair> all, String source, boolean generated) {
        var kept = new LinkedHashSet<PreferencePair>();
        int ties = 0;
        int duplicates = 0;
        for (PreferencePair pair : all) {
            if (pair.isTie()) {
                ties++;
            } else if (!kept.add(pair)) {
                duplicates++;
            }
        }
        return new PreferencePairs(List.copyOf(kept), source, generated, ties, duplicates);
    }

    /**
     * Reads JSON lines with the texts {@code chosen} and {@code rejected}, as hh-rlhf has them; gzip when the name ends in
     * {@code .gz}. A damaged file or line throws one sentence with the file and the line.
     */
    public static PreferencePairs read(Path file) {
        return read(file, file.getFileName() + "");
    }

    private static PreferencePairs read(Path file, String source) {
        var all = new ArrayList<PreferencePair>();
        Resources.lines(file, (line, number) -> {
            if (!line.isBlank()) {
                all.add(pair(line, number));
            }
        });
        return of(all, source, false);
    }

    /** The human preferences of hh-rlhf (harmless-base, test part) from the data folder, verified. */
    public static PreferencePairs hhRlhf(DataRegistry registry) {
        return read(registry.path("hh-rlhf"), "hh-rlhf, harmless-base, test part (human preferences)");
    }

    /** The human preferences of hh-rlhf if the data folder has them, else {@code n} generated pairs; see the source. */
    public static PreferencePairs hhRlhfOrGenerated(int n, long seed) {
        DataRegistry registry = DataRegistry.load();
        return registry.has("hh-rlhf") ? hhRlhf(registry) : GeneratedPreferences.pairs(n, seed);
    }

    /** Number of pairs kept. */
    public int size() {
        return pairs.size();
    }

    /**
     * Splits by the content of the prompt, so that a pair falls on the same side whatever else is in the set and however it is
     * ordered.
     *
     * @param fraction share of prompts that go to the training part, in (0, 1)
     */
    public Split splitByContent(double fraction) {
        Check.insideUnit(fraction, "fraction");
        var train = new ArrayList<PreferencePair>();
        var test = new ArrayList<PreferencePair>();
        for (PreferencePair pair : pairs) {
            double place = (Seeds.hash(pair.prompt()) >>> 11) * 0x1p-53; // 53 bits as a number in [0, 1)
            (place < fraction ? train : test).add(pair);
        }
        return new Split(
                new PreferencePairs(train, source + ", training part", generated, 0, 0),
                new PreferencePairs(test, source + ", held-out part", generated, 0, 0));
    }

    /** The pairs as a table with the columns prompt, chosen and rejected. */
    public Table table() {
        return Table.create(
                source,
                StringColumn.create("prompt", pairs.stream().map(PreferencePair::prompt)),
                StringColumn.create("chosen", pairs.stream().map(PreferencePair::chosen)),
                StringColumn.create("rejected", pairs.stream().map(PreferencePair::rejected)));
    }

    @Override
    public String toString() {
        return size() + " preference pairs: " + source + "; left out: " + ties + " ties, " + duplicates + " duplicates";
    }

    private static PreferencePair pair(String line, int number) throws Resources.BadLineException {
        JsonObject object;
        try {
            object = STRICT.fromJson(line, JsonObject.class);
        } catch (JsonParseException e) {
            throw Resources.bad(number, "not a JSON object");
        }
        return PreferencePair.ofDialogues(text(object, "chosen", number), text(object, "rejected", number));
    }

    private static String text(JsonObject object, String field, int number) throws Resources.BadLineException {
        JsonElement e = object.get(field);
        if (e == null || !e.isJsonPrimitive() || !e.getAsJsonPrimitive().isString()) {
            throw Resources.bad(
                    number, "needs the text \"" + field + "\", has " + (e == null ? "none" : "another type"));
        }
        return e.getAsString();
    }
}
