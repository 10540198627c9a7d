package touchstone.course.similar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as code in common. */
class ComparisonTest {
    private static final String RELEASE =
            """
            static double auroc(double[] scores, int[] labels) {
                // YOUR CODE HERE
                throw new UnsupportedOperationException("YOUR CODE HERE");
            }
            static double mean(double[] scores) {
                // YOUR CODE HERE
                throw new UnsupportedOperationException("YOUR CODE HERE");
            }
            """;
    private static final String AUROC =
            """
            static double auroc(double[] scores, int[] labels) {
                long wins = 0, pairs = 0;
                for (int i = 0; i < scores.length; i++) {
                    for (int j = 0; j < scores.length; j++) {
                        if (labels[i] == 1 && labels[j] == 0) {
                            pairs++;
                            if (scores[i] > scores[j]) wins += 2;
                            else if (scores[i] == scores[j]) wins += 1;
                        }
                    }
                }
                return wins / (2.0 * pairs);
            }
            """;
    private static final String MEAN =
            """
            static double mean(double[] scores) {
                double sum = 0;
                for (double each : scores) sum += each;
                return sum / scores.length;
            }
            """;
    /** The same methods in the other order, other names, numbers, comments, spaces and modifiers. */
    private static final String DISGUISED =
            """
            public static double avg(double[] v) { double t = 0.0; /* my own idea */
                for (final double e : v) t += e;
                return t / v.length; }
            static double area(double[] x, int[] isOut) {
                long good = 0L, all = 0L; // counters
                for (int a = 0; a < x.length; a++) { for (int b = 0; b < x.length; b++) {
                    if (isOut[a] == 1 && isOut[b] == 0) { all++;
                        if (x[a] > x[b]) good += 2; else if (x[a] == x[b]) good += 1; } } }
                return good / (2.0 * all);
            }
            """;

    private static final String OTHER =
            """
            static double auroc(double[] scores, int[] labels) {
                Integer[] order = new Integer[scores.length];
                Arrays.setAll(order, k -> k);
                Arrays.sort(order, Comparator.comparingDouble(k -> scores[k]));
                double ranks = 0; int positive = 0;
                for (int r = 0; r < order.length; r++) if (labels[order[r]] > 0) { ranks += r + 1; positive++; }
                return (ranks - positive * (positive + 1) / 2.0) / positive / (order.length - positive);
            }
            static double mean(double[] scores) {
                return DoubleStream.of(scores).average().orElseThrow();
            }
            """;

    private static List<Pair> pairs(String... sources) {
        var works = new ArrayList<Work>();
        for (String source : sources) {
            works.add(new Work("s" + works.size(), List.of(source)));
        }
        return Comparison.of(works, List.of(RELEASE), Winnowing.defaults());
    }

    @Test
    void renamedAndReorderedCodeIsFound() {
        Pair pair = pairs(AUROC + MEAN, DISGUISED).get(0);
        assertTrue(pair.firstInSecond() > 0.8 && pair.secondInFirst() > 0.8, pair.toString());
        assertTrue(pair.longest() > 80, "the nested loops in one run: " + pair.longest());
        assertEquals(2, pair.passages().size(), pair.toString());
        Passage longest = pair.passages().get(0);
        String second =
                DISGUISED.substring(longest.second().start(), longest.second().end());
        assertTrue(second.contains("long good = 0L, all = 0L;"), second);
        assertTrue(second.contains("return good / (2.0 * all"), second);
    }

    @Test
    void independentSolutionsAreNotAlike() {
        assertEquals(List.of(), pairs(AUROC + MEAN, OTHER));
    }

    @Test
    void theReleaseIsNobodysCode() {
        assertEquals(List.of(), pairs(RELEASE, RELEASE), "untouched");
        assertEquals(List.of(), pairs(RELEASE + AUROC, RELEASE + OTHER), "only the release in common");
        assertEquals(List.of(), pairs("", ""));
    }

    @Test
    void aCopiedPartIsAllOfTheCopyAndSomeOfTheOriginal() {
        Pair pair = pairs(AUROC + OTHER.replace("auroc", "second"), AUROC.replace("pairs", "n"))
                .get(0);
        assertTrue(pair.secondInFirst() > 0.85, "all but a window at the end: " + pair);
        assertTrue(pair.firstInSecond() > 0.3 && pair.firstInSecond() < 0.7, pair.toString());
    }

    @Test
    void codeThatDoesNotCompileIsComparedToo() {
        String broken = AUROC.substring(0, 420) + "\n if (( \"never closed\n /* nor this";
        Pair pair = pairs(AUROC, broken).get(0);
        assertTrue(pair.longest() > 50, pair.toString());
        assertEquals(List.of(), pairs("\"\\u", "'", "/*", "\"\"\"\n", "}}}}((("));
    }

    @Test
    void whatMostOfTheClassWroteSaysNothing() {
        String[] sources = {MEAN, MEAN, MEAN, MEAN, MEAN, MEAN, AUROC + MEAN, DISGUISED, OTHER};
        List<Pair> pairs = pairs(sources);
        assertEquals(1, pairs.size(), pairs.toString());
        assertEquals("s6 s7", pairs.get(0).first() + " " + pairs.get(0).second());
        assertEquals(21, pairs(Arrays.copyOf(sources, 7)).size(), "all pairs of a class too small to tell");
    }

    @Test
    void thirtyWorksTakeNoTime() {
        var works = new ArrayList<Work>();
        for (int i = 0; i < 30; i++) {
            String body = (i % 2 == 0 ? AUROC : OTHER) + MEAN;
            works.add(new Work("s" + i, List.of(body.repeat(10), "int x" + i + " = " + i + ";", MEAN)));
        }
        long start = System.nanoTime();
        List<Pair> pairs = Comparison.of(works, List.of(RELEASE), Winnowing.defaults());
        assertTrue(pairs.size() > 100, "all of one parity: " + pairs.size());
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds < 5, "450 lines each, the promise is 5 s: " + seconds);
    }

    /** The hashes of the paper's figure 1; what is kept in windows of 4 is worked out by hand from its definition. */
    @Test
    void fingerprintsAreThoseOfThePaper() {
        long[] grams = {77, 72, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 72, 42, 17, 98};
        assertEquals(
                List.of(17L, 17L, 8L, 39L, 17L),
                new Winnowing(5, 4)
                        .prints(grams).stream().map(Winnowing.Print::hash).toList());
    }

    @Test
    void everyWindowKeepsItsLeastHash() {
        var winnowing = new Winnowing(3, 4);
        List<Token> tokens = Token.of(AUROC + OTHER);
        long[] grams = winnowing.grams(tokens);
        List<Winnowing.Print> prints = winnowing.prints(grams);
        assertTrue(prints.size() < grams.length, prints.size() + " of " + grams.length);
        for (int from = 0; from + 4 <= grams.length; from++) {
            long least = grams[from];
            for (int i = from; i < from + 4; i++) {
                least = Long.compareUnsigned(grams[i], least) < 0 ? grams[i] : least;
            }
            int first = from;
            long wanted = least;
            assertTrue(
                    prints.stream().anyMatch(p -> p.hash() == wanted && p.at() >= first && p.at() < first + 4),
                    "window " + from);
        }
        assertEquals(1, winnowing.prints(winnowing.grams(tokens.subList(0, 3))).size(), "one hash, less than a window");
        assertEquals(0, winnowing.prints(winnowing.grams(tokens.subList(0, 2))).size(), "shorter than a hash");
        String refused = assertThrows(IllegalArgumentException.class, () -> new Winnowing(0, 4))
                .getMessage();
        assertEquals("gram and window must be at least 1, were 0 and 4", refused);
    }

    @Test
    void tokensForgetWhatACopyistChanges() {
        assertEquals(
                List.of("double", "name", "=", "0", "*", "name", "(", "\"\"", ",", "''", ")", ";"),
                Token.of("%maven a:b:1\nimport java.util.*;\nfinal double größe = 1e-3 * f(\"a\\\"b\", 'c'); // said")
                        .stream()
                        .map(Token::text)
                        .toList());
        assertEquals(
                List.of("name", "->", "name", "::", "name", "+=", "true", "&&", "0"),
                Token.of("a -> b::c += true && 0x1F").stream().map(Token::text).toList());
    }
}
