package touchstone.ood.failure;

import java.util.List;
import touchstone.nn.Backends;
import touchstone.nn.Network;
import touchstone.nn.Trainer;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Gru;
import touchstone.nn.layer.Steps;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Learns from successful and failed rollouts a score for each step, in (0, 1), that rises when a rollout goes wrong.
 *
 * <p>Follows SAFE: the score of a perceptron is the mean so far of its logistic outputs and is trained as such; that of a
 * recurrent network is its logistic output, trained by cross-entropy at each step with the outcome of the whole rollout.
 * Differs from SAFE: a GRU stands for its LSTM, running means for its running sums, no weights over time. Features are
 * standardised over all training steps.
 *
 * @param kind of the network
 * @param hidden units of its one hidden layer, 1 or more
 * @param epochs of training, 1 or more
 * @param rate learning rate of AdamW, above 0
 * @param decay weight decay, 0 or more
 * @param seed of first weights and of the order of rollouts
 */
@Reference("gu2025safe")
public record SequenceScorer(Kind kind, int hidden, int epochs, double rate, double decay, long seed) {
    private static final int BATCH = 32;

    /** What the network sees. */
    public enum Kind {
        /** A perceptron on each step by itself. */
        MLP,
        /** A gated recurrent unit along the steps. */
        GRU
    }

    public SequenceScorer {
        Check.atLeast(hidden, 1, "hidden");
        Check.atLeast(epochs, 1, "epochs");
        Check.positive(rate, "rate");
        Check.notNegative(decay, "decay");
    }

    /** A perceptron of 32 units, 40 epochs at 3e-3, decay 0.01, seed 1. */
    public static SequenceScorer defaults() {
        return new SequenceScorer(Kind.MLP, 32, 40, 3e-3, 0.01, 1);
    }

    public SequenceScorer withKind(Kind k) {
        return new SequenceScorer(k, hidden, epochs, rate, decay, seed);
    }

    public SequenceScorer withEpochs(int count) {
        return new SequenceScorer(kind, hidden, count, rate, decay, seed);
    }

    public SequenceScorer withSeed(long s) {
        return new SequenceScorer(kind, hidden, epochs, rate, decay, s);
    }

    /** Trains on rollouts of equal width, some successful and some failed. */
    public TrainedScorer fit(List<Rollout> rollouts) {
        Check.nonEmpty(rollouts.size(), "rollouts");
        var scaling = Scaling.of(rollouts);
        int steps = TrainedScorer.longest(rollouts);
        var failed = new boolean[rollouts.size()];
        var lengths = new int[failed.length];
        for (int i = 0; i < failed.length; i++) {
            failed[i] = rollouts.get(i).outcome().failed();
            lengths[i] = rollouts.get(i).length();
        }
        var loss = new RolloutLoss(failed, lengths, steps, kind == Kind.MLP);
        Network network = network(scaling.width(), steps);
        Trainer.defaults()
                .withOptimizer(AdamW.defaults().withDecay(decay), Schedule.constant(rate))
                .withEpochs(epochs)
                .withBatch(BATCH)
                .withSeed(seed)
                .fit(network, network.tensor(scaling.padded(rollouts, steps)), loss);
        return new TrainedScorer(this, scaling, network);
    }

    /** A network for rollouts of so many steps; its weights do not depend on their number. */
    Network network(int width, int steps) {
        var last = Dense.of(1);
        return kind == Kind.MLP
                ? Network.of(
                        Backends.floats(),
                        seed,
                        steps * width,
                        new Steps(steps),
                        Dense.of(hidden).withGain(Math.sqrt(2)),
                        Activate.relu(),
                        last)
                : Network.of(Backends.floats(), seed, steps * width, new Steps(steps), new Gru(hidden, steps), last);
    }
}
