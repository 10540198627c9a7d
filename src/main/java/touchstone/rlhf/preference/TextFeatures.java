package touchstone.rlhf.preference;

import java.util.List;

/** How texts become sparse vectors; fitting gives the map that can be applied to any text. */
public interface TextFeatures {
    /** How texts are cut into terms. */
    TextAnalyzer analyzer();

    /** Learns what there is to learn from the counts of the texts a model may see; cut by {@link #analyzer}. */
    Fitted fit(TermCounts counts);

    /** Learns from texts. */
    default Fitted fit(List<String> texts) {
        return fit(TermCounts.of(analyzer(), texts));
    }

    /** A map from texts to vectors. Immutable. */
    interface Fitted {
        /** How texts are cut into terms. */
        TextAnalyzer analyzer();

        /** Length of the vectors. */
        int size();

        /** What a column stands for, in words. */
        String name(int column);

        /** The vectors of texts counted before, [texts, size]; cut by {@link #analyzer}. */
        SparseRows of(TermCounts counts);

        /** The vectors of texts, [texts, size]. */
        default SparseRows of(List<String> texts) {
            return of(TermCounts.of(analyzer(), texts));
        }
    }
}
