package touchstone.rlhf;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import touchstone.rlhf.preference.PreferencePair;
import touchstone.rlhf.preference.TextFeatures;
import touchstone.util.Check;

/** A fitted reward of texts; higher is better, and only differences mean something. Immutable. */
public final class TextReward {
    private final TextFeatures.Fitted features;
    private final double[] weights;

    TextReward(TextFeatures.Fitted features, double[] weights) {
        this.features = features;
        this.weights = weights.clone();
    }

    /** Reward of an answer, in logits: a lead of 1 is preferred with probability 0.73. */
    public double of(String answer) {
        return of(List.of(answer))[0];
    }

    /** Rewards of answers, [n]. */
    public double[] of(List<String> answers) {
        return features.of(answers).times(weights);
    }

    /** Reward of the chosen less that of the rejected answer; above 0 where the model agrees with the human. */
    public double margin(PreferencePair pair) {
        return margins(List.of(pair))[0];
    }

    /** The margins of pairs, [n]. */
    public double[] margins(List<PreferencePair> pairs) {
        double[] lead = of(pairs.stream().map(PreferencePair::chosen).toList());
        double[] other = of(pairs.stream().map(PreferencePair::rejected).toList());
        for (int i = 0; i < lead.length; i++) {
            lead[i] -= other[i];
        }
        return lead;
    }

    /** The weights, one a feature, [d]. */
    public double[] weights() {
        return weights.clone();
    }

    /** The features that raise the reward most, at most {@code count}, the strongest first, as {@code name weight}. */
    public List<String> strongest(int count) {
        return ranked(count, Comparator.comparingDouble(j -> -weights[j]));
    }

    /** The features that lower the reward most, at most {@code count}, the strongest first, as {@code name weight}. */
    public List<String> weakest(int count) {
        return ranked(count, Comparator.comparingDouble(j -> weights[j]));
    }

    private List<String> ranked(int count, Comparator<Integer> order) {
        Check.atLeast(count, 1, "count");
        return IntStream.range(0, weights.length)
                .boxed()
                .sorted(order)
                .limit(count)
                .map(j -> String.format(Locale.ROOT, "%s %+.2f", features.name(j), weights[j]))
                .toList();
    }

    @Override
    public String toString() {
        return "TextReward[" + weights.length + " weights]";
    }
}
