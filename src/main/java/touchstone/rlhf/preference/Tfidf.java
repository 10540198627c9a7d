package touchstone.rlhf.preference;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Counts of terms weighed by how rare a term is: {@code tf (log((1 + n) / (1 + df)) + 1)} over n texts of which df hold the term,
 * with {@code tf} the count, or {@code 1 + log count}; each row divided by its length. Terms the fit has not seen count nothing.
 *
 * <p>Differs from the paper in the ones that are added: the numbers are those of scikit-learn's {@code TfidfVectorizer} with its
 * smooth idf.
 *
 * @param analyzer how texts are cut
 * @param minDocuments texts a term must occur in to have a column, 1 or more
 * @param sublinear whether tf is {@code 1 + log count} instead of the count
 * @param unitLength whether rows are divided by their Euclidean length
 */
@Reference({"sparckjones1972statistical", "pedregosa2011scikit"})
public record Tfidf(TextAnalyzer analyzer, int minDocuments, boolean sublinear, boolean unitLength)
        implements TextFeatures {
    public Tfidf {
        Check.atLeast(minDocuments, 1, "minDocuments");
    }

    /** Single words that occur in two or more texts, sublinear, of unit length. */
    public static Tfidf defaults() {
        return new Tfidf(TextAnalyzer.words(), 2, true, true);
    }

    public Tfidf withAnalyzer(TextAnalyzer a) {
        return new Tfidf(a, minDocuments, sublinear, unitLength);
    }

    public Tfidf withMinDocuments(int n) {
        return new Tfidf(analyzer, n, sublinear, unitLength);
    }

    public Tfidf withSublinear(boolean on) {
        return new Tfidf(analyzer, minDocuments, on, unitLength);
    }

    public Tfidf withUnitLength(boolean on) {
        return new Tfidf(analyzer, minDocuments, sublinear, on);
    }

    @Override
    public Weights fit(TermCounts counts) {
        demandSame(analyzer, counts);
        int[] documents = counts.documents();
        TermTable table = counts.table();
        int[] kept = IntStream.range(0, documents.length)
                .filter(t -> documents[t] >= minDocuments)
                .boxed()
                .sorted(table::compare)
                .mapToInt(t -> t)
                .toArray();
        if (kept.length == 0) {
            throw new IllegalArgumentException("texts must share terms: none of the " + documents.length
                    + " terms occurs in " + minDocuments + " of the " + counts.texts() + " texts; lower minDocuments");
        }
        var terms = new TermTable();
        var idf = new double[kept.length];
        for (int j = 0; j < kept.length; j++) {
            terms.add(table, kept[j]);
            idf[j] = Math.log((1.0 + counts.texts()) / (1.0 + documents[kept[j]])) + 1;
        }
        return new Weights(this, terms, idf);
    }

    private static void demandSame(TextAnalyzer analyzer, TermCounts counts) {
        if (!counts.analyzer().equals(analyzer)) {
            throw new IllegalArgumentException(
                    "counts must be cut by " + analyzer + ", were cut by " + counts.analyzer());
        }
    }

    /** The terms that have a column and their weights; columns are in the order of the terms' characters. */
    public static final class Weights implements Fitted {
        private final Tfidf options;
        private final TermTable terms;
        private final double[] idf;

        private Weights(Tfidf options, TermTable terms, double[] idf) {
            this.options = options;
            this.terms = terms;
            this.idf = idf;
        }

        @Override
        public TextAnalyzer analyzer() {
            return options.analyzer;
        }

        @Override
        public int size() {
            return idf.length;
        }

        @Override
        public String name(int column) {
            return terms.term(Check.index(column, idf.length, "column"));
        }

        /** The weight of each column's term, [size]; 1 or more. */
        public double[] idf() {
            return idf.clone();
        }

        @Override
        public SparseRows of(TermCounts counts) {
            demandSame(options.analyzer, counts);
            var column = new int[counts.terms()];
            Arrays.setAll(column, t -> terms.find(counts.table(), t));
            SparseRows rows = counts.matrix(
                    idf.length, column, (j, count) -> idf[j] * (options.sublinear ? 1 + Math.log(count) : count));
            return options.unitLength ? rows.ofUnitLength() : rows;
        }

        @Override
        public String toString() {
            return "Tfidf.Weights[" + idf.length + " terms]";
        }
    }
}
