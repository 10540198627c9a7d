package touchstone.rlhf;

import touchstone.data.PreferencePair;

/** A fitted reward of texts; higher is better, and only differences mean something. Immutable. */
public final class TextReward {
    private final TextFeatures features;
    private final double[] weights;

    TextReward(TextFeatures features, double[] weights) {
        this.features = features;
        this.weights = weights.clone();
    }

    /** Reward of an answer, in logits: a lead of 1 is preferred with probability 0.73. */
    public double of(String answer) {
        return features.of(answer).dot(weights);
    }

    /** Reward of the chosen less that of the rejected answer; above 0 where the model agrees with the human. */
    public double margin(PreferencePair pair) {
        return of(pair.chosen()) - of(pair.rejected());
    }

    /** The weight of a text's logarithmic length: above 0 when longer answers were preferred, all else equal. */
    public double weightOfLength() {
        return weights[weights.length - 1];
    }

    @Override
    public String toString() {
        return "TextReward[" + weights.length + " weights]";
    }
}
