package touchstone.rlhf.shaping;

import java.util.Arrays;
import java.util.List;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.Trainer;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.rlhf.policy.Policy;
import touchstone.rlhf.policy.TokenWorld;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A network with one hidden layer that gives the next word from features of an answer begun, and that learns from
 * responses by the {@link ShapedLoss}. It does not change: {@link #tuned} gives another. Serves one thread at a time.
 */
@Reference("peng2025shape")
public final class TokenModel implements Policy {
    private final TokenWorld.View view;
    private final int hidden;
    private final long seed;
    private final Network network;

    private TokenModel(TokenWorld.View view, int hidden, long seed, Network network) {
        this.view = view;
        this.hidden = hidden;
        this.seed = seed;
        this.network = network;
    }

    /**
     * How a model is tuned: full batches with Adam.
     *
     * @param steps of the optimiser, 1 or more
     * @param rate learning rate, above 0
     * @param price of the divergence where star is below 1, 0 or more
     */
    public record Tuning(int steps, double rate, double price) {
        public Tuning {
            Check.atLeast(steps, 1, "steps");
            Check.positive(rate, "rate");
            Check.notNegative(price, "price");
        }

        /** 150 steps at 0.02, price 1. */
        public static Tuning defaults() {
            return new Tuning(150, 0.02, 1);
        }

        public Tuning withSteps(int count) {
            return new Tuning(count, rate, price);
        }

        public Tuning withPrice(double p) {
            return new Tuning(steps, rate, p);
        }
    }

    /** A model that knows nothing. */
    public static TokenModel start(TokenWorld.View view, int features, int vocabulary, int hidden, long seed) {
        Check.atLeast(hidden, 1, "hidden");
        return new TokenModel(view, hidden, seed, build(features, vocabulary, hidden, seed));
    }

    private static Network build(int features, int vocabulary, int hidden, long seed) {
        return Network.of(
                Cpu.floats(1),
                seed,
                features,
                Dense.of(hidden),
                Activate.tanh(),
                Dense.of(vocabulary).withGain(0));
    }

    @Override
    public int actions() {
        return network.outputs();
    }

    @Override
    public synchronized double[][] logProbs(double[][] states) {
        Check.nonEmpty(states.length, "states");
        Tensor z = network.logits(network.tensor(states));
        var result = new double[states.length][];
        Arrays.setAll(result, i -> ShapedLoss.logSoftmax(z, i));
        return result;
    }

    /** This model tuned on responses; where it is told to hold back it is held to what it says now. */
    public TokenModel tuned(List<Response> responses, Tuning how) {
        List<Word> words = Word.of(view, responses);
        double[][] states = Word.states(words);
        var loss = new ShapedLoss(
                Word.labels(words),
                words.stream().mapToDouble(Word::star).toArray(),
                Word.weights(words),
                logProbs(states),
                how.price);
        Network next = copy();
        Trainer.defaults()
                .withOptimizer(AdamW.defaults().withDecay(0), Schedule.constant(how.rate))
                .withBatch(states.length)
                .withEpochs(how.steps)
                .withSeed(seed)
                .fit(next, next.tensor(states), loss);
        return new TokenModel(view, hidden, seed, next);
    }

    private Network copy() {
        Network copy = build(network.inputs(), network.outputs(), hidden, seed);
        List<Parameter> from = network.parameters();
        for (int k = 0; k < from.size(); k++) {
            Tensor a = from.get(k).value();
            Tensor b = copy.parameters().get(k).value();
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    b.set(i, j, a.get(i, j));
                }
            }
        }
        return copy;
    }
}
