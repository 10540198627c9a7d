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
 * Analytic class-incremental learning: random ReLU features of the inputs and a ridge classifier over them that is learned
 * row by row, each row once. The network is not used; its outputs say how many classes there are.
 *
 * @param width random features
 * @param gamma ridge, above 0
 * @param balance what is done about classes of unequal size
 * @param noise factor of the pseudo-features' deviations, 0 or more; 1 is the class's own, 0 repeats its mean
 */
@Reference({"zhuang2022acil", "zhuang2024aefocl", "fang2024air"})
public record Analytic(int width, double gamma, Balance balance, double noise) implements Strategy {
    public Analytic {
        Check.atLeast(width, 1, "width");
        Check.positive(gamma, "gamma");
        Check.notNegative(noise, "noise");
    }

    /** 500 features, ridge 1, each row counts alike. */
    public static Analytic defaults() {
        return new Analytic(500, 1, Balance.NONE, 1);
    }

    public Analytic withWidth(int w) {
        return new Analytic(w, gamma, balance, noise);
    }

    public Analytic withBalance(Balance b) {
        return new Analytic(width, gamma, b, noise);
    }

    public Analytic withNoise(double n) {
        return new Analytic(width, gamma, balance, n);
    }

    @Override
    public Learner start(Descent descent) {
        return new Ridge(descent);
    }

    private final class Ridge implements Learner {
        private final Descent descent;
        private final AnalyticClassifier classifier = balance == Balance.REWEIGHTED
                ? AnalyticClassifier.reweighted(width, gamma)
                : AnalyticClassifier.of(width, gamma);
        private final double[][] projection;
        private double[][] weights = new double[0][];
        private boolean[] taken = new boolean[0];

        Ridge(Descent descent) {
            this.descent = descent;
            int d = descent.network().inputs();
            RandomGenerator random = Seeds.rng(descent.seed(), "analytic");
            projection = new double[width][d];
            for (double[] row : projection) {
                Arrays.setAll(row, j -> random.nextGaussian() / Math.sqrt(d));
            }
        }

        @Override
        public void begin(Labelled task) {
            taken = new boolean[task.size()];
        }

        @Override
        public double step(Labelled task, int[] rows) {
            int[] fresh = Arrays.stream(rows).filter(r -> !taken[r]).toArray();
            for (int r : fresh) {
                taken[r] = true;
            }
            classifier.add(
                    features(descent.rows(task.x(), fresh)),
                    Arrays.stream(fresh).map(task::label).toArray());
            weights = new double[0][];
            return 0;
        }

        private double[][] features(Tensor x) {
            var out = new double[x.rows()][width];
            for (int i = 0; i < out.length; i++) {
                for (int k = 0; k < width; k++) {
                    double sum = 0;
                    for (int j = 0; j < x.columns(); j++) {
                        sum += projection[k][j] * x.get(i, j);
                    }
                    out[i][k] = Math.max(0, sum);
                }
            }
            return out;
        }

        @Override
        public void persist(Archive archive) {
            descent.persist(archive);
            classifier.persist(archive);
            weights = new double[0][];
        }

        @Override
        public Tensor logits(Tensor x) {
            if (weights.length == 0) {
                weights = balanced().weights();
            }
            Tensor logits = descent.backend().zeros(x.rows(), descent.network().outputs());
            double[][] f = features(x);
            for (int i = 0; i < f.length; i++) {
                for (int c = 0; c < classifier.classes(); c++) {
                    double sum = 0;
                    for (int k = 0; k < width; k++) {
                        sum += f[i][k] * weights[k][c];
                    }
                    logits.set(i, c, sum);
                }
            }
            return logits;
        }

        private AnalyticClassifier balanced() {
            return balance == Balance.PSEUDO_FEATURES ? classifier.toppedUp(noise, descent.seed()) : classifier;
        }

        @Override
        public long stored() {
            return classifier.stored();
        }
    }
}
