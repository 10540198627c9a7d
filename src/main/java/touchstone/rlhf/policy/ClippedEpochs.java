package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.function.Consumer;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Several passes over a batch in minibatches of steps under a clipped loss; the mean is over the steps of a minibatch.
 *
 * @param clip of the ratio
 * @param epochs passes over the batch, 1 or more
 * @param batch steps a minibatch, 1 or more; the last of a pass may be smaller
 */
public record ClippedEpochs(PpoClip clip, int epochs, int batch) {
    public ClippedEpochs {
        Check.atLeast(epochs, 1, "epochs");
        Check.atLeast(batch, 1, "batch");
    }

    /** Clip 0.2, 4 passes, 64 steps a minibatch. */
    public static ClippedEpochs defaults() {
        return new ClippedEpochs(PpoClip.defaults(), 4, 64);
    }

    public ClippedEpochs withEpochs(int count) {
        return new ClippedEpochs(clip, count, batch);
    }

    public ClippedEpochs withBatch(int steps) {
        return new ClippedEpochs(clip, epochs, steps);
    }

    /**
     * Goes over the batch.
     *
     * @param advantage of each step, [steps]
     * @param seed of the order
     * @param beside called with the steps of each minibatch after the policy's step
     */
    void run(PolicyDescent policy, PolicyBatch data, double[] advantage, long seed, Consumer<int[]> beside) {
        double[][] states = data.rollout().states();
        int[] actions = data.rollout().actions();
        double[] old = data.rollout().logP();
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = Seeds.permutation(states.length, Seeds.rng(seed, "minibatches", epoch));
            for (int from = 0; from < order.length; from += batch) {
                int[] steps = Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
                policy.step(rows(states, steps), pick(actions, steps), logP -> {
                    double[] slope = clip.of(logP, pick(old, steps), pick(advantage, steps))
                            .gradient();
                    data.addLossTerm(slope, logP, steps, steps.length);
                    return slope;
                });
                beside.accept(steps);
            }
        }
    }

    static double[][] rows(double[][] x, int[] at) {
        return Arrays.stream(at).mapToObj(i -> x[i]).toArray(double[][]::new);
    }

    static double[] pick(double[] x, int[] at) {
        return Arrays.stream(at).mapToDouble(i -> x[i]).toArray();
    }

    private static int[] pick(int[] x, int[] at) {
        return Arrays.stream(at).map(i -> x[i]).toArray();
    }
}
