package touchstone.rlhf.policy;

import touchstone.nn.Network;
import touchstone.nn.Pass;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Clip;
import touchstone.nn.optim.Optimizer;
import touchstone.nn.optim.Sgd;
import touchstone.util.Check;

/**
 * A policy in training: each step goes down the gradient of a loss that is given by its slope in the log-probabilities of the
 * actions taken. Any loss over answers can be followed so, that of a policy gradient or that of preference pairs. Serves one
 * thread at a time.
 */
public final class PolicyDescent implements Policy {
    private final SoftmaxPolicy start;
    private final Network network;
    private final Options options;
    private final Optimizer.Stepper stepper;

    private PolicyDescent(SoftmaxPolicy start, Options options) {
        this.start = start;
        this.options = options;
        network = start.trainable();
        stepper = options.optimizer.start(network.backend(), network.parameters());
    }

    /**
     * How steps are taken.
     *
     * @param optimizer what becomes of the gradient
     * @param rate learning rate, above 0
     * @param clip largest norm of the gradient, above 0; infinite for none
     * @param entropy weight of the mean entropy of the states visited, which is added to what is maximised; 0 or more
     */
    public record Options(Optimizer optimizer, double rate, double clip, double entropy) {
        public Options {
            Check.positive(rate, "rate");
            Check.notNegative(entropy, "entropy");
            if (!(clip > 0)) {
                throw new IllegalArgumentException("clip must be above 0, was " + clip);
            }
        }

        /** Plain gradient steps of a rate. */
        public static Options sgd(double rate) {
            return new Options(new Sgd(0, 0), rate, Double.POSITIVE_INFINITY, 0);
        }

        /** Adam without decay at a rate, gradients clipped to norm 1. */
        public static Options adam(double rate) {
            return new Options(AdamW.defaults().withDecay(0), rate, 1, 0);
        }

        public Options withEntropy(double weight) {
            return new Options(optimizer, rate, clip, weight);
        }

        public Options withClip(double most) {
            return new Options(optimizer, rate, most, entropy);
        }
    }

    /** A loss over actions, given by its slope. */
    @FunctionalInterface
    public interface Slope {
        /** Derivative of the loss by each log-probability, at the log-probabilities [n] the policy has now; [n]. */
        double[] at(double[] logP);
    }

    /** Starts training a copy of a policy. */
    public static PolicyDescent of(SoftmaxPolicy start, Options options) {
        return new PolicyDescent(start, options);
    }

    @Override
    public int actions() {
        return network.outputs();
    }

    @Override
    public double[][] logProbs(double[][] states) {
        return SoftmaxPolicy.logProbs(network, states);
    }

    /** The policy as it is now, frozen. */
    public SoftmaxPolicy snapshot() {
        return start.frozen(network);
    }

    /**
     * One step.
     *
     * @param states [n, d]
     * @param actions taken in them, [n]
     * @param slope of the loss
     */
    public void step(double[][] states, int[] actions, Slope slope) {
        accumulate(states, actions, slope);
        if (options.clip < Double.POSITIVE_INFINITY) {
            Clip.norm(network.backend(), network.parameters(), options.clip);
        }
        stepper.step(options.rate);
    }

    /** Gradient of the loss (less the weighted entropy) by the parameters, in the order of {@link SoftmaxPolicy#parameters()}. */
    public double[] gradient(double[][] states, int[] actions, Slope slope) {
        accumulate(states, actions, slope);
        return SoftmaxPolicy.flat(network, true);
    }

    private void accumulate(double[][] states, int[] actions, Slope slope) {
        Check.nonEmpty(states.length, "states");
        Check.sameLength(states.length, "states", actions.length, "actions");
        network.clearGradients();
        network.accumulate(
                network.tensor(states),
                new int[states.length],
                (outputs, examples, weight, gradient) -> {
                    double[][] logP = outputs.toMatrix();
                    var taken = new double[logP.length];
                    for (int i = 0; i < taken.length; i++) {
                        SoftmaxPolicy.normalise(logP[i]);
                        taken[i] = logP[i][Check.index(actions[i], logP[i].length, "actions[" + i + "]")];
                    }
                    double[] by = slope.at(taken);
                    Check.sameLength(by.length, "slope", taken.length, "actions");
                    Check.allFinite(by, "slope");
                    for (int i = 0; i < taken.length; i++) {
                        double bonus = options.entropy / taken.length;
                        double entropy = bonus == 0 ? 0 : Policy.entropy(logP[i]);
                        for (int a = 0; a < logP[i].length; a++) {
                            double p = Math.exp(logP[i][a]);
                            double slant = bonus == 0 ? 0 : bonus * p * (logP[i][a] + entropy);
                            gradient.set(i, a, by[i] * ((a == actions[i] ? 1 : 0) - p) + slant);
                        }
                    }
                    return 0;
                },
                Pass.evaluation());
    }
}
