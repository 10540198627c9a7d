package touchstone.rlhf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import touchstone.rlhf.preference.PreferenceDataset;
import touchstone.rlhf.preference.PreferencePair;
import touchstone.stats.Interval;
import touchstone.stats.PairedTest;
import touchstone.stats.TestResult;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * How a reward model does on preferences it has not seen, beside two rules that know nothing of the words.
 *
 * @param source where the pairs come from, in words
 * @param agreement of the model; a tie is wrong
 * @param baselines the rules and the test against one of them
 * @param calibration of the margins, before and after the best temperature
 * @param lengthProbe whether the model goes by length
 * @param sections agreement by section, in the order of their names; empty when no sections were asked for
 */
public record RewardReport(
        String source,
        Agreement agreement,
        Baselines baselines,
        MarginCalibration calibration,
        LengthProbe lengthProbe,
        Map<String, Agreement> sections) {
    /**
     * What a model has to beat.
     *
     * @param length the rule "longer is better", or "shorter", whichever agreed more with the training pairs; answers of equal length
     *     are wrong
     * @param majority the rule "the second answer", or "the first", where each pair is shown in an order drawn from its content: what
     *     a rule scores that always takes the side more common in training
     * @param modelAgainstLength McNemar's exact test of the model against the length rule over the pairs
     */
    public record Baselines(Agreement length, Agreement majority, TestResult modelAgainstLength) {}

    public RewardReport {
        sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    }

    /** Compares on held-out pairs; the direction of each rule comes from the training pairs. */
    public static RewardReport of(TextReward reward, PreferenceDataset train, PreferenceDataset test) {
        return of(reward.margins(test.pairs()), train, test, p -> "");
    }

    /** As {@link #of(TextReward, PreferenceDataset, PreferenceDataset)}, by sections: each pair in the one it is given. */
    public static RewardReport of(
            TextReward reward,
            PreferenceDataset train,
            PreferenceDataset test,
            Function<PreferencePair, String> section) {
        return of(reward.margins(test.pairs()), train, test, section);
    }

    /**
     * Of any model by its margins.
     *
     * @param margins reward of the preferred less that of the other answer of each held-out pair in logits, [n]
     * @param train pairs the model was fitted to
     * @param test pairs it was not
     * @param section name of a pair's section; one name for all is no section
     */
    public static RewardReport of(
            double[] margins,
            PreferenceDataset train,
            PreferenceDataset test,
            Function<PreferencePair, String> section) {
        Check.nonEmpty(train.size(), "training pairs");
        Check.nonEmpty(test.size(), "held-out pairs");
        Check.sameLength(margins.length, "margins", test.size(), "held-out pairs");
        Check.allFinite(margins, "margins");
        double[] byLength =
                rule(train, test, p -> p.chosen().length() - p.rejected().length());
        var baselines = new Baselines(
                Agreement.of(byLength),
                Agreement.of(rule(train, test, RewardReport::side)),
                PairedTest.mcnemar(hits(margins), hits(byLength)));
        return new RewardReport(
                test.source(),
                Agreement.of(margins),
                baselines,
                MarginCalibration.of(margins),
                LengthProbe.of(test.pairs(), margins),
                sections(margins, test.pairs(), section));
    }

    private static Map<String, Agreement> sections(
            double[] margins, List<PreferencePair> pairs, Function<PreferencePair, String> section) {
        var groups = new TreeMap<String, List<Double>>();
        for (int i = 0; i < margins.length; i++) {
            groups.computeIfAbsent(section.apply(pairs.get(i)), unused -> new ArrayList<>())
                    .add(margins[i]);
        }
        var result = new LinkedHashMap<String, Agreement>();
        if (groups.size() > 1) {
            groups.forEach((name, group) -> result.put(
                    name, Agreement.of(group.stream().mapToDouble(m -> m).toArray())));
        }
        return result;
    }

    /** Margins of a rule on the test pairs, turned round if it was wrong on more than half of the training pairs. */
    private static double[] rule(
            PreferenceDataset train, PreferenceDataset test, ToDoubleFunction<PreferencePair> margin) {
        double ahead = 0;
        for (PreferencePair p : train.pairs()) {
            ahead += Math.signum(margin.applyAsDouble(p));
        }
        double sign = ahead < 0 ? -1 : 1;
        return test.pairs().stream()
                .mapToDouble(p -> sign * margin.applyAsDouble(p))
                .toArray();
    }

    /** +1 when the chosen answer is shown second, else -1; decided by the texts alone, so that neither side is favoured. */
    private static double side(PreferencePair p) {
        long a = Seeds.hash(p.prompt() + p.chosen());
        long b = Seeds.hash(p.prompt() + p.rejected());
        return Long.compare(a, b) < 0 ? -1 : 1;
    }

    private static boolean[] hits(double[] margins) {
        var hits = new boolean[margins.length];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = margins[i] > 0;
        }
        return hits;
    }

    /** McNemar's exact test of two models by their margins on the same pairs, [n] each; a tie is wrong. */
    public static TestResult against(double[] margins, double[] others) {
        return PairedTest.mcnemar(hits(margins), hits(others));
    }

    /** Number of held-out pairs. */
    public int pairs() {
        return agreement.pairs();
    }

    /** The model's accuracy, a tie being wrong, with Wilson's 95 % interval. */
    public Interval model() {
        return agreement.accuracy();
    }

    /** Plain mean of the sections' accuracies, as RewardBench's overall score; that of all pairs when there are no sections. */
    public double meanOfSections() {
        return sections.values().stream()
                .mapToDouble(a -> a.accuracy().estimate())
                .average()
                .orElse(agreement.accuracy().estimate());
    }

    @Override
    public String toString() {
        var text = new StringBuilder("agreement on " + pairs() + " pairs of " + source + "\nmodel    " + agreement
                + "\nlength   " + baselines.length + "\nmajority " + baselines.majority + "\nmodel against length: "
                + baselines.modelAgainstLength + "\n" + calibration + "\n" + lengthProbe);
        sections.forEach(
                (name, a) -> text.append("\nsection ").append(name).append(": ").append(a));
        return text.toString();
    }
}
