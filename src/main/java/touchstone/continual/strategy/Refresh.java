package touchstone.continual.strategy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Refresh learning, a plug-in for any strategy: before each step the batch is unlearned a little, tensor by tensor,
 * {@code theta += delta (|theta| / |u| u + 0.001 noise) / (1 + 0.001 F)} with u the batch's gradient and F the Fisher
 * information of the last task; then the strategy learns it.
 *
 * <p>Follows the released program for the step. F is taken at the end of each task, where the program keeps a running mean of
 * squared gradients.
 *
 * @param inner the strategy that learns
 * @param delta relative size of an unlearning step, above 0
 * @param estimator how F is taken
 */
@Reference("wang2024unified")
public record Refresh(Strategy inner, double delta, FisherEstimator estimator) implements Strategy {
    private static final double DAMPING = 1e-3;
    private static final double NOISE = 1e-3;

    public Refresh {
        Check.positive(delta, "delta");
    }

    /** Refreshes a strategy with the program's delta, 1e-5, and the exact F. */
    public static Refresh of(Strategy inner) {
        return new Refresh(inner, 1e-5, FisherEstimator.EXACT);
    }

    public Refresh withDelta(double d) {
        return new Refresh(inner, d, estimator);
    }

    public Refresh withEstimator(FisherEstimator e) {
        return new Refresh(inner, delta, e);
    }

    /** One tensor after an unlearning step; u is an ascent direction. */
    static double[] unlearned(double[] theta, double[] u, double[] fisher, double[] noise, double delta) {
        double scale = Math.sqrt(Gradients.dot(theta, theta)) / (Math.sqrt(Gradients.dot(u, u)) + 1e-10);
        var out = theta.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += delta * (scale * u[i] + NOISE * noise[i]) / (1 + DAMPING * fisher[i]);
        }
        return out;
    }

    @Override
    public Learner start(Descent descent) {
        return new Refreshing(descent, inner.start(descent));
    }

    private final class Refreshing implements Learner {
        private final Descent descent;
        private final Learner learner;
        private RandomGenerator random;
        private double[] fisher;

        Refreshing(Descent descent, Learner learner) {
            this.descent = descent;
            this.learner = learner;
            this.random = Seeds.rng(descent.seed(), "refresh");
            this.fisher = new double[descent.size()];
        }

        @Override
        public void begin(Labelled task) {
            learner.begin(task);
        }

        @Override
        public double step(Labelled task, int[] rows) {
            descent.clear();
            descent.crossEntropy(task, rows);
            double[] gradient = descent.gradients();
            double[] theta = descent.values();
            int from = 0;
            for (int size : descent.sizes()) {
                int to = from + size;
                var noise = new double[size];
                Arrays.setAll(noise, i -> random.nextGaussian());
                double[] moved = unlearned(
                        Arrays.copyOfRange(theta, from, to),
                        Arrays.copyOfRange(gradient, from, to),
                        Arrays.copyOfRange(fisher, from, to),
                        noise,
                        delta);
                System.arraycopy(moved, 0, theta, from, size);
                from = to;
            }
            descent.setValues(theta);
            return learner.step(task, rows);
        }

        @Override
        public void end(Labelled task) {
            learner.end(task);
            fisher = estimator.diagonal(descent.network(), task);
        }

        @Override
        public void persist(Archive archive) {
            learner.persist(archive);
            random = archive.keep("refresh draws", random);
            fisher = archive.keep("fisher", fisher);
        }

        @Override
        public Tensor logits(Tensor x) {
            return learner.logits(x);
        }

        @Override
        public long stored() {
            return learner.stored() + fisher.length;
        }
    }
}
