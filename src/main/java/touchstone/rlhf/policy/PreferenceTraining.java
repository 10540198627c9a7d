package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import touchstone.rlhf.loss.LogProbs;
import touchstone.rlhf.loss.PairLoss;
import touchstone.rlhf.loss.PreferenceLoss;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Trains a small policy on pairs of answers by a preference loss such as DPO's, without a reward model and without playing. The
 * pairs are gone over again and again, each pass in a new order.
 *
 * @param loss of a batch of pairs
 * @param descent how steps are taken
 * @param steps minibatches, 1 or more
 * @param batch pairs a step, 1 or more; the last of a pass may be smaller
 * @param seed of the order
 */
@Reference("rafailov2023direct")
public record PreferenceTraining(PreferenceLoss loss, PolicyDescent.Options descent, int steps, int batch, long seed) {
    public PreferenceTraining {
        Check.atLeast(steps, 1, "steps");
        Check.atLeast(batch, 1, "batch");
    }

    /** A loss with Adam at 0.05, 200 steps of 64 pairs, seed 1. */
    public static PreferenceTraining of(PreferenceLoss loss) {
        return new PreferenceTraining(loss, PolicyDescent.Options.adam(0.05), 200, 64, 1);
    }

    public PreferenceTraining withDescent(PolicyDescent.Options d) {
        return new PreferenceTraining(loss, d, steps, batch, seed);
    }

    public PreferenceTraining withSteps(int count) {
        return new PreferenceTraining(loss, descent, count, batch, seed);
    }

    public PreferenceTraining withBatch(int pairs) {
        return new PreferenceTraining(loss, descent, steps, pairs, seed);
    }

    public PreferenceTraining withSeed(long s) {
        return new PreferenceTraining(loss, descent, steps, batch, s);
    }

    /**
     * An answer as the policy writes it.
     *
     * @param states before each action, [t, d], t at least 1
     * @param actions [t]
     */
    @SuppressWarnings("ArrayRecordComponent") // training data handed over, not changed
    public record Answer(double[][] states, int[] actions) {
        public Answer {
            Check.nonEmpty(states.length, "states");
            Check.sameLength(actions.length, "actions", states.length, "states");
        }

        /** An answer of one action. */
        public static Answer of(double[] state, int action) {
            return new Answer(new double[][] {state}, new int[] {action});
        }
    }

    /** Two answers of which the first is preferred. */
    public record Pair(Answer chosen, Answer rejected) {}

    /** Trains a copy of a policy, which is the reference as well. */
    public SoftmaxPolicy fit(List<Pair> pairs, SoftmaxPolicy start) {
        Check.nonEmpty(pairs.size(), "pairs");
        PolicyDescent policy = PolicyDescent.of(start, descent);
        int perPass = (pairs.size() + batch - 1) / batch;
        int[] order = new int[0];
        for (int step = 0; step < steps; step++) {
            if (step % perPass == 0) {
                order = Seeds.permutation(pairs.size(), Seeds.rng(seed, "preference pairs", step / perPass));
            }
            int from = step % perPass * batch;
            step(
                    policy,
                    start,
                    Arrays.stream(order, from, Math.min(order.length, from + batch))
                            .mapToObj(pairs::get)
                            .toList());
        }
        return policy.snapshot();
    }

    private void step(PolicyDescent policy, Policy reference, List<Pair> pairs) {
        List<Answer> answers = Stream.concat(
                        pairs.stream().map(Pair::chosen), pairs.stream().map(Pair::rejected))
                .toList();
        double[][] states =
                answers.stream().flatMap(a -> Arrays.stream(a.states)).toArray(double[][]::new);
        int[] actions =
                answers.stream().flatMapToInt(a -> Arrays.stream(a.actions)).toArray();
        double[] base = sums(answers, reference.logProbs(states, actions));
        int n = pairs.size();
        policy.step(states, actions, logP -> {
            double[] now = sums(answers, logP);
            PairLoss at = loss.of(LogProbs.of(Arrays.copyOf(now, n), Arrays.copyOfRange(now, n, 2 * n))
                    .withReference(Arrays.copyOf(base, n), Arrays.copyOfRange(base, n, 2 * n))
                    .withLengths(lengths(answers, 0, n), lengths(answers, n, 2 * n)));
            return slopes(answers, at, n);
        });
    }

    /** Each token has the slope of its answer's sum. */
    private static double[] slopes(List<Answer> answers, PairLoss at, int n) {
        double[] chosen = at.gradChosen();
        double[] rejected = at.gradRejected();
        return IntStream.range(0, answers.size())
                .boxed()
                .flatMapToDouble(i ->
                        Arrays.stream(answers.get(i).actions).mapToDouble(a -> i < n ? chosen[i] : rejected[i - n]))
                .toArray();
    }

    private static double[] sums(List<Answer> answers, double[] logP) {
        var result = new double[answers.size()];
        int at = 0;
        for (int i = 0; i < result.length; i++) {
            for (int t = 0; t < answers.get(i).actions.length; t++) {
                result[i] += logP[at++];
            }
        }
        return result;
    }

    private static int[] lengths(List<Answer> answers, int from, int to) {
        return answers.subList(from, to).stream()
                .mapToInt(a -> a.actions.length)
                .toArray();
    }
}
