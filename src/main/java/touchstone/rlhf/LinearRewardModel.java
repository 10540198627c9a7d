package touchstone.rlhf;

import java.util.Arrays;
import java.util.List;
import touchstone.data.PreferencePair;
import touchstone.data.PreferencePairs;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A reward that is linear in features, {@code r(x) = w . phi(x)}, fitted to preference pairs by the Bradley-Terry loss {@code
 * mean -log sigma(w . (phi_c - phi_r)) + l2 / 2 |w|^2}. A prompt common to both answers cancels out.
 *
 * <p>Differs from the papers: linear instead of a language model, so that the loss has one minimum and the fit no seed.
 *
 * @param l2 weight of the penalty, above 0
 * @param features how a text becomes a vector
 */
@Reference({"bradley1952rank", "ouyang2022training"})
public record LinearRewardModel(double l2, TextFeatures features) {
    public LinearRewardModel {
        Check.positive(l2, "l2");
    }

    /** l2 = 0.001 and the default text features. */
    public static LinearRewardModel defaults() {
        return new LinearRewardModel(1e-3, TextFeatures.defaults());
    }

    public LinearRewardModel withL2(double penalty) {
        return new LinearRewardModel(penalty, features);
    }

    public LinearRewardModel withFeatures(TextFeatures f) {
        return new LinearRewardModel(l2, f);
    }

    /** Fits to the answers of preference pairs. */
    public TextReward fit(PreferencePairs pairs) {
        return fit(pairs.pairs());
    }

    /** Fits to a list in which a pair may occur more than once, as in a resample; PreferencePairs drops duplicates. */
    TextReward fit(List<PreferencePair> pairs) {
        Check.nonEmpty(pairs.size(), "pairs");
        List<SparseRow> rows = pairs.stream().map(this::difference).toList();
        return new TextReward(features, new LogisticFit(rows, features.size(), l2).minimise());
    }

    /**
     * Fits to feature differences given as numbers.
     *
     * @param differences features of the chosen less those of the rejected answer, [n, d]
     * @param l2 weight of the penalty, above 0
     * @return the weights w, [d]
     */
    public static double[] weights(double[][] differences, double l2) {
        Check.positive(l2, "l2");
        Check.nonEmpty(differences.length, "differences");
        for (int i = 0; i < differences.length; i++) {
            Check.sameLength(differences[i].length, "differences[" + i + "]", differences[0].length, "differences[0]");
            Check.allFinite(differences[i], "differences[" + i + "]");
        }
        List<SparseRow> rows = Arrays.stream(differences).map(SparseRow::of).toList();
        return new LogisticFit(rows, differences[0].length, l2).minimise();
    }

    private SparseRow difference(PreferencePair pair) {
        return features.of(pair.chosen()).minus(features.of(pair.rejected()));
    }
}
