package touchstone.rlhf.shaping;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.rlhf.loss.LogProbs;
import touchstone.rlhf.loss.PairLoss;
import touchstone.rlhf.loss.PreferenceLoss;
import touchstone.rlhf.policy.PolicyDescent;
import touchstone.rlhf.policy.SoftmaxPolicy;
import touchstone.rlhf.policy.TokenWorld;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Tuning a policy on pairs of answers by a preference loss such as {@link touchstone.rlhf.loss.Dpo}: minibatches of
 * pairs, the policy at its start as the reference.
 *
 * @param loss over the log-probabilities of the answers
 * @param descent how steps are taken
 * @param steps minibatches, 1 or more
 * @param batch pairs in each, 1 or more; all of them where there are fewer
 * @param seed of the minibatches
 */
public record PairTuning(PreferenceLoss loss, PolicyDescent.Options descent, int steps, int batch, long seed) {
    public PairTuning {
        Check.atLeast(steps, 1, "steps");
        Check.atLeast(batch, 1, "batch");
    }

    /** 150 minibatches of 16 pairs, Adam at 0.003. */
    public static PairTuning of(PreferenceLoss loss) {
        return new PairTuning(loss, PolicyDescent.Options.adam(0.003), 150, 16, 1);
    }

    public PairTuning withSteps(int count) {
        return new PairTuning(loss, descent, count, batch, seed);
    }

    public PairTuning withSeed(long s) {
        return new PairTuning(loss, descent, steps, batch, s);
    }

    /** A copy of a policy tuned on pairs. */
    public SoftmaxPolicy fit(SoftmaxPolicy start, TokenWorld.View view, List<AnswerPair> pairs) {
        Check.nonEmpty(pairs.size(), "pairs");
        List<Laid> all = pairs.stream().map(p -> Laid.of(p, view, start)).toList();
        PolicyDescent policy = PolicyDescent.of(start, descent);
        int size = Math.min(batch, all.size());
        int perEpoch = all.size() / size;
        for (int step = 0; step < steps; step++) {
            int[] order = Seeds.permutation(all.size(), Seeds.rng(seed, "pairs", step / perEpoch));
            int from = step % perEpoch * size;
            step(
                    policy,
                    IntStream.range(from, from + size)
                            .mapToObj(i -> all.get(order[i]))
                            .toList());
        }
        return policy.snapshot();
    }

    private void step(PolicyDescent policy, List<Laid> pairs) {
        double[][] states = pairs.stream().flatMap(p -> Arrays.stream(p.states)).toArray(double[][]::new);
        int[] words = pairs.stream().flatMapToInt(p -> Arrays.stream(p.words)).toArray();
        policy.step(states, words, logP -> slope(pairs, logP));
    }

    /** The loss's slope by the log-probability of each word: that of its answer. */
    private double[] slope(List<Laid> pairs, double[] logP) {
        int n = pairs.size();
        var chosen = new double[n];
        var rejected = new double[n];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < pairs.get(i).words.length; t++) {
                double[] side = t < pairs.get(i).split ? chosen : rejected;
                side[i] += logP[at++];
            }
        }
        PairLoss value = loss.of(LogProbs.of(chosen, rejected)
                .withReference(
                        pairs.stream().mapToDouble(p -> p.referenceChosen).toArray(),
                        pairs.stream().mapToDouble(p -> p.referenceRejected).toArray())
                .withLengths(
                        pairs.stream().mapToInt(p -> p.split).toArray(),
                        pairs.stream().mapToInt(p -> p.words.length - p.split).toArray()));
        double[] byChosen = value.gradChosen();
        double[] byRejected = value.gradRejected();
        var slope = new double[logP.length];
        at = 0;
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < pairs.get(i).words.length; t++) {
                slope[at++] = t < pairs.get(i).split ? byChosen[i] : byRejected[i];
            }
        }
        return slope;
    }

    /** A pair laid out: the words of the chosen answer, then, from split on, those of the rejected one. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Laid(double[][] states, int[] words, int split, double referenceChosen, double referenceRejected) {
        static Laid of(AnswerPair pair, TokenWorld.View view, SoftmaxPolicy reference) {
            int[] words = IntStream.concat(Arrays.stream(pair.chosen()), Arrays.stream(pair.rejected()))
                    .toArray();
            int split = pair.chosen().length;
            var states = new double[words.length][];
            for (int t = 0; t < words.length; t++) {
                int[] answer = t < split ? pair.chosen() : pair.rejected();
                states[t] = view.of(pair.prompt(), Arrays.copyOf(answer, t < split ? t : t - split));
            }
            double[] logP = reference.logProbs(states, words);
            return new Laid(
                    states,
                    words,
                    split,
                    Arrays.stream(logP, 0, split).sum(),
                    Arrays.stream(logP, split, words.length).sum());
        }
    }
}
