package touchstone.rlhf;

import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Text as a sparse vector: hashed words with signs, {@code sign (1 + log count)} divided by the vector's length, and in the
 * last place {@code log(1 + characters)}. A word is a run of letters, digits or apostrophes in lower case.
 *
 * <p>Follows the paper; the hash is {@link Seeds#hash}, the same on every machine.
 *
 * @param buckets places for words, 1 or more; collisions add up
 */
@Reference("weinberger2009feature")
public record TextFeatures(int buckets) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']+");

    public TextFeatures {
        Check.atLeast(buckets, 1, "buckets");
    }

    /** 4,096 buckets. */
    public static TextFeatures defaults() {
        return new TextFeatures(4096);
    }

    public TextFeatures withBuckets(int n) {
        return new TextFeatures(n);
    }

    /** Length of the vectors: the buckets and one place for the length of the text. */
    public int size() {
        return buckets + 1;
    }

    /** The features of a text. */
    SparseRow of(String text) {
        var counts = new TreeMap<String, Integer>();
        Matcher words = WORD.matcher(text.replace('’', '\'').toLowerCase(Locale.ROOT));
        while (words.find()) {
            counts.merge(words.group(), 1, Integer::sum);
        }
        var row = new TreeMap<Integer, Double>();
        counts.forEach((word, count) -> {
            long h = Seeds.hash(word);
            int bucket = (int) Long.remainderUnsigned(h >>> 1, buckets);
            row.merge(bucket, ((h & 1) == 0 ? 1 : -1) * (1 + Math.log(count)), Double::sum);
        });
        row.values().removeIf(v -> v == 0); // two words of opposite sign in one bucket
        double length = Math.sqrt(row.values().stream().mapToDouble(v -> v * v).sum());
        row.replaceAll((bucket, v) -> v / length);
        row.put(buckets, Math.log1p(text.length()));
        return SparseRow.of(row);
    }
}
