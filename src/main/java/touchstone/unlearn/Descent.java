package touchstone.unlearn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Clip;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Steps down a sum of terms: an epoch goes once over the first term's examples in a new order, and each other term brings as many
 * examples to every step, going round its own set in an order of its own.
 *
 * @param optimizer how gradients change parameters
 * @param rate learning rate, above 0
 * @param epochs over the first term's examples, 1 or more
 * @param batch examples a step of each term, 1 or more
 * @param clip largest norm of all gradients together, above 0; infinite for none
 * @param seed of the orders and of dropout
 */
public record Descent(Optimizer optimizer, double rate, int epochs, int batch, double clip, long seed) {
    public Descent {
        Check.positive(rate, "rate");
        Check.atLeast(epochs, 1, "epochs");
        Check.atLeast(batch, 1, "batch");
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip must be above 0, was " + clip);
        }
    }

    /** Adam at 1e-3, 5 epochs of batches of 32, norm clipped at 1, seed 1. */
    public static Descent defaults() {
        return new Descent(AdamW.defaults().withDecay(0), 1e-3, 5, 32, 1, 1);
    }

    public Descent withRate(double r) {
        return new Descent(optimizer, r, epochs, batch, clip, seed);
    }

    public Descent withEpochs(int count) {
        return new Descent(optimizer, rate, count, batch, clip, seed);
    }

    public Descent withBatch(int size) {
        return new Descent(optimizer, rate, epochs, size, clip, seed);
    }

    public Descent withClip(double most) {
        return new Descent(optimizer, rate, epochs, batch, most, seed);
    }

    public Descent withSeed(long s) {
        return new Descent(optimizer, rate, epochs, batch, clip, s);
    }

    /** Changes the model by all epochs of the terms, the first of which sets their length. */
    public void run(ForgetModel model, List<Term> terms) {
        Run run = start(model);
        for (int epoch = 0; epoch < epochs; epoch++) {
            run.epoch(terms);
        }
    }

    /** Starts a run whose terms may change from epoch to epoch; the optimiser's moments stay. */
    public Run start(ForgetModel model) {
        return new Run(this, model);
    }

    /** A descent at work on one model. */
    public static final class Run {
        private final Descent options;
        private final ForgetModel model;
        private final Optimizer.Stepper stepper;
        private final Map<Integer, String> names = new HashMap<>();
        private final Map<Integer, int[]> orders = new HashMap<>();
        private int epoch;
        private long step;

        private Run(Descent options, ForgetModel model) {
            this.options = options;
            this.model = model;
            this.stepper = options.optimizer.start(model.backend(), model.parameters());
        }

        /** One epoch over the first term's examples. */
        public void epoch(List<Term> terms) {
            Check.nonEmpty(terms.size(), "terms");
            int n = terms.get(0).data().size();
            for (int from = 0; from < n; from += options.batch) {
                step(terms, from, Math.min(options.batch, n - from));
            }
            epoch++;
        }

        /** One step on the first {@code count} examples of a new order of each term: for curves by step. */
        public void single(List<Term> terms) {
            step(terms, 0, Math.min(options.batch, terms.get(0).data().size()));
            epoch++;
        }

        private void step(List<Term> terms, int from, int count) {
            Backend backend = model.backend();
            model.parameters().forEach(p -> backend.fill(p.gradient(), 0));
            for (int t = 0; t < terms.size(); t++) {
                Term term = terms.get(t);
                int[] examples = examples(t, term.data().size(), from, count);
                Tensor x = term.data().select(examples).tensor(backend);
                Loss weighted =
                        (z, numbers, weight, gradient) -> term.loss().add(z, numbers, weight * term.weight(), gradient);
                Pass pass = Pass.training(options.seed, step);
                double loss = term.hidden()
                        ? model.accumulateFeatures(x, examples, weighted, pass)
                        : model.accumulate(x, examples, weighted, pass);
                demandFinite(loss);
            }
            List<Parameter> parameters = model.parameters();
            if (options.clip < Double.POSITIVE_INFINITY) {
                Clip.norm(backend, parameters, options.clip);
            }
            stepper.step(options.rate);
            step++;
        }

        /** The first term's examples of this step, or of another the same number from where its rounds have got to. */
        private int[] examples(int term, int size, int from, int count) {
            if (term == 0) {
                int[] order = Seeds.permutation(size, Seeds.rng(options.seed, "descent", epoch));
                return Arrays.copyOfRange(order, from, from + count);
            }
            var numbers = new int[Math.min(count, size)];
            for (int i = 0; i < numbers.length; i++) {
                long at = step * options.batch + i;
                numbers[i] = order(term, size, at / size)[(int) (at % size)];
            }
            return numbers;
        }

        /** The order of a term's round; the last one asked for is kept, since steps ask for it again and again. */
        private int[] order(int term, int size, long round) {
            String name = term + " " + round + " " + size;
            if (!name.equals(names.get(term))) {
                names.put(term, name);
                orders.put(term, Seeds.permutation(size, Seeds.rng(options.seed, "descent term " + term, round)));
            }
            return Objects.requireNonNull(orders.get(term));
        }

        private void demandFinite(double loss) {
            if (!Double.isFinite(loss)) {
                throw new ArithmeticException("the loss must stay finite, was " + loss + " at step " + step
                        + "; lower the rate, the epochs or the weight of the term that is raised");
            }
        }
    }
}
