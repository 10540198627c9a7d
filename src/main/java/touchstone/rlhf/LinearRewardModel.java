package touchstone.rlhf;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.rlhf.preference.PreferenceDataset;
import touchstone.rlhf.preference.PreferencePair;
import touchstone.rlhf.preference.SparseRows;
import touchstone.rlhf.preference.TermCounts;
import touchstone.rlhf.preference.TextFeatures;
import touchstone.rlhf.preference.Tfidf;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A reward that is linear in features, {@code r(x) = w . phi(x)}, fitted to preference pairs by the Bradley-Terry loss {@code
 * mean -log sigma(w . (phi_c - phi_r)) + l2 / 2 |w|^2}. A prompt common to both answers is left out.
 *
 * <p>Differs from the papers: linear instead of a language model, so that the loss has one minimum and the fit no seed. With n pairs,
 * l2 is {@code 1 / (2 C n)} in the terms of a logistic regression over the differences and their opposites with penalty 1 / C.
 *
 * @param l2 weight of the penalty, above 0; or 0, which separable pairs refuse
 * @param features how a text becomes a vector
 */
@Reference({"bradley1952rank", "ouyang2022training"})
public record LinearRewardModel(double l2, TextFeatures features) {
    public LinearRewardModel {
        Check.notNegative(l2, "l2");
    }

    /** l2 = 0.001 and the TF-IDF of single words. */
    public static LinearRewardModel defaults() {
        return new LinearRewardModel(1e-3, Tfidf.defaults());
    }

    public LinearRewardModel withL2(double penalty) {
        return new LinearRewardModel(penalty, features);
    }

    public LinearRewardModel withFeatures(TextFeatures f) {
        return new LinearRewardModel(l2, f);
    }

    /** Fits to the answers of preference pairs, two or more; the features are fitted to the same answers. */
    public TextReward fit(PreferenceDataset pairs) {
        return fit(pairs.pairs());
    }

    /** Fits to a list in which a pair may occur more than once, as in a resample; a dataset drops duplicates. */
    TextReward fit(List<PreferencePair> pairs) {
        if (pairs.size() == 1) {
            throw new IllegalArgumentException(
                    "pairs must be at least 2, was 1: any direction that puts a single pair in order fits it");
        }
        Check.nonEmpty(pairs.size(), "pairs");
        var texts = new ArrayList<String>();
        pairs.forEach(p -> texts.add(p.chosen()));
        pairs.forEach(p -> texts.add(p.rejected()));
        TermCounts counts = TermCounts.of(features.analyzer(), texts);
        TextFeatures.Fitted fitted = features.fit(counts);
        SparseRows rows = fitted.of(counts);
        int n = pairs.size();
        SparseRows differences = rows.select(IntStream.range(0, n).toArray())
                .minus(rows.select(IntStream.range(n, 2 * n).toArray()));
        return new TextReward(fitted, weights(differences, l2));
    }

    /**
     * Fits to feature differences given as numbers.
     *
     * @param differences features of the chosen less those of the rejected answer, [n, d]
     * @param l2 weight of the penalty, above 0; or 0, which separable pairs refuse
     * @return the weights w, [d]
     */
    public static double[] weights(double[][] differences, double l2) {
        Check.nonEmpty(differences.length, "differences");
        for (int i = 0; i < differences.length; i++) {
            Check.sameLength(differences[i].length, "differences[" + i + "]", differences[0].length, "differences[0]");
            Check.allFinite(differences[i], "differences[" + i + "]");
        }
        return weights(SparseRows.of(differences), l2);
    }

    /** As {@link #weights(double[][], double)}, of sparse rows; at least one. */
    public static double[] weights(SparseRows differences, double l2) {
        Check.notNegative(l2, "l2");
        Check.nonEmpty(differences.rows(), "differences");
        return new LogisticFit(differences, l2).minimise();
    }
}
