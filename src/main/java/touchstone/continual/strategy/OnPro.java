package touchstone.continual.strategy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Online prototype learning: cross-entropy, contrast of instances, and an equilibrium of class prototypes, of the new batch's
 * classes and of those seen in a replayed batch, all on a linear projection of the features; the replayed batch is mixed by the
 * feedback of the prototypes. In the first task the cross-entropy is the batch's, later the mixed replayed batch's, which holds new
 * examples too.
 *
 * <p>Differs from the paper: instances are contrasted by their projections alone, without slices of features and without the classes
 * that rotated images make; all of a batch is replayed from the start, not seven examples a class; views are {@link View}s. The
 * weights of the losses are ours, to take parts away; the paper's are 1.
 *
 * @param capacity examples kept in a reservoir, 0 or more
 * @param draw kept examples a step, 1 or more
 * @param losses weights and temperatures
 * @param feedback how replayed examples are mixed
 * @param view random changes of inputs
 * @param projection width of the projection, 1 or more
 */
@Reference("wei2023online")
public record OnPro(int capacity, int draw, Losses losses, Feedback feedback, View view, int projection)
        implements Strategy {
    public OnPro {
        Check.atLeast(capacity, 0, "capacity");
        Check.atLeast(draw, 1, "draw");
        Check.atLeast(projection, 1, "projection");
    }

    /**
     * Weights and temperatures of the losses on projections.
     *
     * @param prototypes weight of the prototypes' equilibrium, 0 or more
     * @param instances weight of the instances' contrast, 0 or more
     * @param prototypeTemperature above 0
     * @param instanceTemperature above 0
     */
    public record Losses(double prototypes, double instances, double prototypeTemperature, double instanceTemperature) {
        public Losses {
            Check.notNegative(prototypes, "prototypes");
            Check.notNegative(instances, "instances");
            Check.positive(prototypeTemperature, "prototypeTemperature");
            Check.positive(instanceTemperature, "instanceTemperature");
        }

        /** Weights 1, temperatures 0.5 and 0.07. */
        public static Losses defaults() {
            return new Losses(1, 1, 0.5, 0.07);
        }
    }

    /**
     * How replayed examples are mixed.
     *
     * @param probability that a batch, or the examples of a pair of classes, are mixed, in [0, 1]
     * @param baseRate share of the batch that is mixed at random, in [0, 1]; 1 takes the prototypes' feedback away
     * @param most largest share of the second example in that part, in [0, 1]
     * @param alpha of the beta distribution of shares between classes, above 0
     */
    public record Feedback(double probability, double baseRate, double most, double alpha) {
        public Feedback {
            Check.probability(probability, "probability");
            Check.probability(baseRate, "baseRate");
            Check.probability(most, "most");
            Check.positive(alpha, "alpha");
        }

        /** Probability 0.6, base rate 0.75, at most 0.6, alpha 0.4. */
        public static Feedback defaults() {
            return new Feedback(0.6, 0.75, 0.6, 0.4);
        }

        public Feedback withProbability(double p) {
            return new Feedback(p, baseRate, most, alpha);
        }

        public Feedback withBaseRate(double rate) {
            return new Feedback(probability, rate, most, alpha);
        }
    }

    /** 200 examples, 64 a step, the program's losses and feedback, noise of 0.1, a projection of 32. */
    public static OnPro defaults() {
        return new OnPro(200, 64, Losses.defaults(), Feedback.defaults(), View.noise(0.1), 32);
    }

    public OnPro withCapacity(int c) {
        return new OnPro(c, draw, losses, feedback, view, projection);
    }

    public OnPro withDraw(int d) {
        return new OnPro(capacity, d, losses, feedback, view, projection);
    }

    public OnPro withLosses(Losses l) {
        return new OnPro(capacity, draw, l, feedback, view, projection);
    }

    public OnPro withFeedback(Feedback f) {
        return new OnPro(capacity, draw, losses, f, view, projection);
    }

    public OnPro withView(View v) {
        return new OnPro(capacity, draw, losses, feedback, v, projection);
    }

    @Override
    public Learner start(Descent descent) {
        return new OnProLearner(this, descent);
    }
}
