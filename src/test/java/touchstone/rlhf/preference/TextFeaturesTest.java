package touchstone.rlhf.preference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;

class TextFeaturesTest {
    private static final JsonObject GOLDEN = Golden.json("rlhf/text.json").getAsJsonObject();
    private static final List<String> TEXTS = GOLDEN.getAsJsonArray("texts").asList().stream()
            .map(JsonElement::getAsString)
            .toList();
    private static final int FITTED = GOLDEN.get("fitted").getAsInt();
    private static final double ROUNDING = 1e-14; // sums of a few dozen squares in another order

    private static final Map<String, Tfidf> SPECS = Map.of(
            "word", new Tfidf(TextAnalyzer.words(), 1, false, true),
            "word_min2_sublinear", Tfidf.defaults(),
            "word12_sublinear", new Tfidf(TextAnalyzer.words(1, 2), 1, true, true),
            "word23_raw", new Tfidf(TextAnalyzer.words(2, 3), 1, false, false),
            "char_wb35", new Tfidf(TextAnalyzer.characters(3, 5), 1, true, true),
            "char_wb_min2", new Tfidf(TextAnalyzer.characters(2, 9), 2, true, true),
            "char14", new Tfidf(new TextAnalyzer(TextAnalyzer.Unit.CHARACTER, 1, 4, true), 1, false, true),
            "word_case", new Tfidf(TextAnalyzer.words().withLowercase(false), 1, true, true));

    @Test
    void tfidfAgreesWithScikitLearn() {
        JsonArray cases = GOLDEN.getAsJsonArray("tfidf");
        assertEquals(SPECS.size(), cases.size());
        for (JsonElement e : cases) {
            JsonObject c = e.getAsJsonObject();
            String name = c.get("name").getAsString();
            Tfidf.Weights weights =
                    SPECS.get(name).fit(TermCounts.of(SPECS.get(name).analyzer(), TEXTS.subList(0, FITTED)));
            var idf = new HashMap<String, Double>();
            for (int j = 0; j < weights.size(); j++) {
                idf.put(weights.name(j), weights.idf()[j]);
            }
            close(name + " idf", c.getAsJsonObject("idf"), idf);
            double[][] rows = weights.of(TEXTS).toMatrix();
            for (int i = 0; i < rows.length; i++) {
                var row = new HashMap<String, Double>();
                for (int j = 0; j < weights.size(); j++) {
                    if (rows[i][j] != 0) {
                        row.put(weights.name(j), rows[i][j]);
                    }
                }
                close(name + " row " + i, c.getAsJsonArray("rows").get(i).getAsJsonObject(), row);
            }
        }
    }

    private static void close(String what, JsonObject want, Map<String, Double> got) {
        assertEquals(want.keySet(), got.keySet(), what);
        got.forEach((term, value) ->
                assertEquals(want.get(term).getAsDouble(), value, ROUNDING * Math.max(1, value), what + " " + term));
    }

    @Test
    void hashingAgreesWithScikitLearn() {
        for (JsonElement e : GOLDEN.getAsJsonArray("hashed")) {
            JsonObject c = e.getAsJsonObject();
            double[][] want = Golden.matrix(c.get("rows"));
            double[][] got = HashedText.defaults()
                    .withBuckets(c.get("buckets").getAsInt())
                    .of(TEXTS)
                    .toMatrix();
            assertEquals(want.length, got.length);
            for (int i = 0; i < want.length; i++) {
                assertArrayEquals(want[i], got[i], ROUNDING);
            }
        }
    }

    /** Many texts, so that they are counted in several blocks: the terms and numbers are those of one block. */
    @Test
    void countsDoNotDependOnBlocks() {
        var many = new ArrayList<String>();
        for (int i = 0; i < 700; i++) {
            many.add("word" + i % 13 + " and " + TEXTS.get(i % TEXTS.size()));
        }
        TermCounts all = TermCounts.of(TextAnalyzer.words(), many);
        Tfidf.Weights weights = Tfidf.defaults().fit(all);
        double[] w =
                IntStream.range(0, weights.size()).mapToDouble(j -> Math.sin(j)).toArray();
        double[] whole = weights.of(all).times(w);
        for (int i = 0; i < many.size(); i += 50) {
            assertEquals(weights.of(List.of(many.get(i))).times(w)[0], whole[i], 0);
            assertEquals(weights.of(all.select(i)).times(w)[0], whole[i], 0);
        }
        var reversed = new ArrayList<>(many);
        Collections.reverse(reversed);
        Tfidf.Weights other = Tfidf.defaults().fit(reversed) instanceof Tfidf.Weights o ? o : weights;
        assertArrayEquals(weights.idf(), other.idf(), 0);
        assertEquals(weights.name(3), other.name(3));
    }

    @Test
    void sparseRowsAreMatrices() {
        double[][] a = {{1, 0, 2}, {0, 0, 0}, {0, 3, -1}};
        double[][] b = {{1, 1, 0}, {0, 0, 4}, {0, 3, 0}};
        SparseRows x = SparseRows.of(a);
        assertArrayEquals(new double[] {7, 0, 3}, x.times(new double[] {1, 2, 3}), 0);
        assertArrayEquals(new double[] {1, 9, -1}, x.transposeTimes(new double[] {1, 5, 3}), 0);
        assertArrayEquals(new double[] {1, 27, 7}, x.transposeTimesSquares(new double[] {1, 5, 3}), 0);
        assertArrayEquals(
                new double[][] {{0, -1, 2}, {0, 0, -4}, {0, 0, -1}},
                x.minus(SparseRows.of(b)).toMatrix());
        assertEquals(4, x.minus(SparseRows.of(b)).size());
        assertArrayEquals(
                new double[][] {{0, 3, -1}, {1, 0, 2}, {0, 3, -1}},
                x.select(2, 0, 2).toMatrix());
        assertEquals("rows[0] must lie in [0, 3), was 3", message(() -> x.select(3)));
    }

    @Test
    void whatCannotBeIsSaid() {
        assertEquals(
                "texts must share terms: none of the 2 terms occurs in 2 of the 2 texts; lower minDocuments",
                message(() -> Tfidf.defaults().fit(List.of("one", "two"))));
        assertEquals("most must be at least 3, was 2", message(() -> TextAnalyzer.words(3, 2)));
        assertEquals("buckets must be at least 1, was 0", message(() -> HashedText.defaults()
                .withBuckets(0)));
        TermCounts words = TermCounts.of(TextAnalyzer.words(), TEXTS);
        assertEquals(
                "counts must be cut by " + TextAnalyzer.characters(3, 5) + ", were cut by " + TextAnalyzer.words(),
                message(() -> Tfidf.defaults()
                        .withAnalyzer(TextAnalyzer.characters(3, 5))
                        .fit(words)));
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
