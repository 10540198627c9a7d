package touchstone.rlhf.preference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.util.Check;

/**
 * How often each term occurs in each of some texts: cut once, used by every split, fit and penalty that follows. Immutable. Texts
 * are counted in blocks of equal size whatever the number of threads, and terms are numbered in the order of first occurrence.
 */
public final class TermCounts {
    private static final int BLOCK = 256; // texts counted together

    private final TextAnalyzer analyzer;
    private final TermTable terms;
    private final int[] start;
    private final int[] index;
    private final int[] count;

    private TermCounts(TextAnalyzer analyzer, TermTable terms, int[] start, int[] index, int[] count) {
        this.analyzer = analyzer;
        this.terms = terms;
        this.start = start;
        this.index = index;
        this.count = count;
    }

    /** Counts the terms of texts. */
    public static TermCounts of(TextAnalyzer analyzer, List<String> texts) {
        int blocks = (texts.size() + BLOCK - 1) / BLOCK;
        TermCounts[] parts = IntStream.range(0, blocks)
                .parallel()
                .mapToObj(b -> block(analyzer, texts.subList(b * BLOCK, Math.min(texts.size(), (b + 1) * BLOCK))))
                .toArray(TermCounts[]::new);
        return joined(analyzer, parts);
    }

    private static TermCounts block(TextAnalyzer analyzer, List<String> texts) {
        var table = new TermTable();
        var tally = new TermTally();
        var start = new int[texts.size() + 1];
        for (int i = 0; i < texts.size(); i++) {
            analyzer.each(texts.get(i), (buffer, from, to) -> tally.add(table.add(buffer, from, to)));
            tally.endOfText();
            start[i + 1] = tally.used();
        }
        return new TermCounts(analyzer, table, start, tally.index(), tally.count());
    }

    private static TermCounts joined(TextAnalyzer analyzer, TermCounts[] parts) {
        if (parts.length == 1) {
            return parts[0];
        }
        var table = new TermTable();
        int texts = 0;
        int size = 0;
        for (TermCounts part : parts) {
            texts += part.texts();
            size += part.index.length;
        }
        var start = new int[texts + 1];
        var index = new int[size];
        var count = new int[size];
        int row = 0;
        int at = 0;
        for (TermCounts part : parts) {
            var to = new int[part.terms.size()];
            for (int t = 0; t < to.length; t++) {
                to[t] = table.add(part.terms, t);
            }
            System.arraycopy(part.count, 0, count, at, part.count.length);
            for (int i = 0; i < part.texts(); i++) {
                start[++row] = at + part.start[i + 1];
            }
            for (int term : part.index) {
                index[at++] = to[term];
            }
        }
        return new TermCounts(analyzer, table, start, index, count);
    }

    public TextAnalyzer analyzer() {
        return analyzer;
    }

    /** Number of texts. */
    public int texts() {
        return start.length - 1;
    }

    /** Number of different terms. */
    public int terms() {
        return terms.size();
    }

    /** The same terms over some of the texts, in the order given. */
    public TermCounts select(int... texts) {
        var to = new int[texts.length + 1];
        for (int i = 0; i < texts.length; i++) {
            int t = Check.index(texts[i], texts(), "texts[" + i + "]");
            to[i + 1] = to[i] + start[t + 1] - start[t];
        }
        var places = new int[to[texts.length]];
        var counts = new int[places.length];
        for (int i = 0; i < texts.length; i++) {
            System.arraycopy(index, start[texts[i]], places, to[i], to[i + 1] - to[i]);
            System.arraycopy(count, start[texts[i]], counts, to[i], to[i + 1] - to[i]);
        }
        return new TermCounts(analyzer, terms, to, places, counts);
    }

    TermTable table() {
        return terms;
    }

    /** In how many texts each term occurs, [terms]. */
    int[] documents() {
        var documents = new int[terms.size()];
        for (int term : index) {
            documents[term]++;
        }
        return documents;
    }

    /** The weight of a term that occurs so often in a text. */
    @FunctionalInterface
    interface Weight {
        double of(int column, int count);
    }

    /**
     * A matrix of the terms that have a column.
     *
     * @param columns width of the matrix
     * @param column of each term, or -1; no two terms share one
     */
    SparseRows matrix(int columns, int[] column, Weight weight) {
        var begin = new int[columns + 1]; // by columns first, so that the rows come out in rising order without sorting
        for (int term : index) {
            if (column[term] >= 0) {
                begin[column[term] + 1]++;
            }
        }
        Arrays.parallelPrefix(begin, Integer::sum);
        int size = begin[columns];
        var rowOf = new int[size];
        var countOf = new int[size];
        int[] next = begin.clone();
        var to = new int[start.length];
        for (int i = 0; i < texts(); i++) {
            int kept = 0;
            for (int k = start[i]; k < start[i + 1]; k++) {
                int c = column[index[k]];
                if (c >= 0) {
                    rowOf[next[c]] = i;
                    countOf[next[c]++] = count[k];
                    kept++;
                }
            }
            to[i + 1] = to[i] + kept;
        }
        int[] at = to.clone();
        var places = new int[size];
        var values = new double[size];
        for (int c = 0; c < columns; c++) {
            for (int k = begin[c]; k < begin[c + 1]; k++) {
                int place = at[rowOf[k]]++;
                places[place] = c;
                values[place] = weight.of(c, countOf[k]);
            }
        }
        return new SparseRows(columns, to, places, values);
    }

    /** Calls for each term of each text, in the texts' order. */
    @FunctionalInterface
    interface Visitor {
        void term(int text, int term, int count);
    }

    void each(Visitor visitor) {
        for (int i = 0; i < texts(); i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                visitor.term(i, index[k], count[k]);
            }
        }
    }

    @Override
    public String toString() {
        return "TermCounts[" + texts() + " texts, " + terms() + " terms]";
    }
}
