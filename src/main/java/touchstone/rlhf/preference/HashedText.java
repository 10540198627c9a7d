package touchstone.rlhf.preference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Terms counted in hashed places, with the sign of the hash, so that terms that share a place cancel on average; each row divided by
 * its length. Nothing is learnt, and the size is fixed before a text is seen.
 *
 * <p>Follows the paper with the hash of scikit-learn's {@code HashingVectorizer}, MurmurHash3 of 32 bits over UTF-8, and gives its
 * numbers.
 *
 * @param analyzer how texts are cut
 * @param buckets places, 1 or more
 */
@Reference({"weinberger2009feature", "pedregosa2011scikit"})
public record HashedText(TextAnalyzer analyzer, int buckets) implements TextFeatures, TextFeatures.Fitted {
    public HashedText {
        Check.atLeast(buckets, 1, "buckets");
    }

    /** Single words in 4,096 places. */
    public static HashedText defaults() {
        return new HashedText(TextAnalyzer.words(), 1 << 12);
    }

    public HashedText withAnalyzer(TextAnalyzer a) {
        return new HashedText(a, buckets);
    }

    public HashedText withBuckets(int n) {
        return new HashedText(analyzer, n);
    }

    @Override
    public int size() {
        return buckets;
    }

    @Override
    public String name(int column) {
        return "bucket " + Check.index(column, buckets, "column");
    }

    @Override
    public Fitted fit(TermCounts counts) {
        return this;
    }

    @Override
    public SparseRows of(TermCounts counts) {
        TermTable table = counts.table();
        var hashes = new int[counts.terms()];
        Arrays.setAll(hashes, t -> murmur(table.term(t).getBytes(StandardCharsets.UTF_8)));
        var rows = new Rows(counts.texts(), buckets);
        counts.each((text, term, count) -> {
            int h = hashes[term];
            rows.add(text, (int) (Math.abs((long) h) % buckets), h >= 0 ? count : -count);
        });
        return rows.matrix().ofUnitLength();
    }

    /** Sums in the places of one row at a time. */
    private static final class Rows {
        private final int columns;
        private final int[] start;
        private final double[] sums;
        private final boolean[] used;
        private int[] touched = new int[64];
        private int[] index = new int[1 << 10];
        private double[] value = new double[1 << 10];
        private int row;
        private int pending;
        private int size;

        Rows(int texts, int columns) {
            this.columns = columns;
            start = new int[texts + 1];
            sums = new double[columns];
            used = new boolean[columns];
        }

        void add(int text, int column, double amount) {
            while (row < text) {
                end();
            }
            if (!used[column]) {
                used[column] = true;
                touched = TextAnalyzer.grown(touched, pending + 1);
                touched[pending++] = column;
            }
            sums[column] += amount;
        }

        private void end() {
            Arrays.sort(touched, 0, pending);
            index = TextAnalyzer.grown(index, size + pending);
            value = value.length < index.length ? Arrays.copyOf(value, index.length) : value;
            for (int k = 0; k < pending; k++) {
                int c = touched[k];
                if (sums[c] != 0) {
                    index[size] = c;
                    value[size++] = sums[c];
                }
                sums[c] = 0;
                used[c] = false;
            }
            pending = 0;
            start[++row] = size;
        }

        SparseRows matrix() {
            while (row < start.length - 1) {
                end();
            }
            return new SparseRows(columns, start, Arrays.copyOf(index, size), Arrays.copyOf(value, size));
        }
    }

    /** MurmurHash3 (x86, 32 bits, seed 0). */
    static int murmur(byte[] data) {
        int h = 0;
        int blocks = data.length / 4;
        for (int i = 0; i < blocks; i++) {
            h ^= scrambled(block(data, 4 * i, 4));
            h = Integer.rotateLeft(h, 13) * 5 + 0xE6546B64;
        }
        h ^= scrambled(block(data, 4 * blocks, data.length - 4 * blocks));
        h ^= data.length;
        h = (h ^ (h >>> 16)) * 0x85EBCA6B;
        h = (h ^ (h >>> 13)) * 0xC2B2AE35;
        return h ^ (h >>> 16);
    }

    private static int scrambled(int k) {
        return Integer.rotateLeft(k * 0xCC9E2D51, 15) * 0x1B873593;
    }

    /** Up to four bytes, the first lowest. */
    private static int block(byte[] data, int from, int bytes) {
        int k = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            k = (k << 8) | (data[from + i] & 0xFF);
        }
        return k;
    }
}
