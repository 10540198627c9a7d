package touchstone.nn.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/**
 * Squared Mahalanobis distances {@code |L^-1 (x - mean)|^2} of rows, float32; on the processor by a product with the inverse of L.
 *
 * @param rows that are scored
 * @param width numbers a row
 */
record GaussianScores(int rows, int width) implements Operation {
    private static final int SAMPLE = 300;

    @Override
    public Label label() {
        return new Label(
                "mahalanobis",
                "Mahalanobis scores",
                rows + " x " + width,
                Precision.FP32,
                "rows/s",
                rows,
                (double) rows * width * width,
                (double) Float.BYTES * rows * width);
    }

    @Override
    public double bound() {
        return Precision.FP32.bound();
    }

    @Override
    public double error(Machine machine, long seed) {
        int n = Math.min(SAMPLE, rows);
        double[] found = Inputs.scores(machine, n, width, seed, x -> scorer(machine, x, seed));
        double[][] l = lower(seed);
        double[] mean = mean(seed);
        double[] wanted = Arrays.stream(Inputs.rows(n, width, seed))
                .mapToDouble(row -> distance(row, mean, l))
                .toArray();
        return Inputs.apart(found, wanted);
    }

    private double[] mean(long seed) {
        return Inputs.rows(1, width, seed + 1)[0];
    }

    /** Ones on the diagonal, small normal numbers below it: its inverse is of the same size. */
    private double[][] lower(long seed) {
        double[][] l = Inputs.rows(width, width, seed + 2);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                l[i][j] = i == j ? 1 : j < i ? (float) (l[i][j] / (2 * Math.sqrt(width))) : 0;
            }
        }
        return l;
    }

    private static double distance(double[] row, double[] mean, double[][] l) {
        var y = new double[row.length];
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            y[i] = row[i] - mean[i];
            for (int j = 0; j < i; j++) {
                y[i] -= l[i][j] * y[j];
            }
            y[i] /= l[i][i];
            sum += y[i] * y[i];
        }
        return sum;
    }

    private Consumer<Tensor> scorer(Machine machine, Tensor x, long seed) {
        Backend backend = machine.backend(Precision.FP32);
        double[][] l = lower(seed);
        Tensor mean = Inputs.of(backend, mean(seed));
        if (machine instanceof CardMachine card) {
            Tensor lower = Inputs.of(backend, l);
            return out -> card.matrices().mahalanobis(x, mean, lower, out);
        }
        Tensor inverse = Inputs.of(backend, inverse(l));
        return new Lengths(backend, x, mean, inverse)::squared;
    }

    /** Column by column of the identity. */
    private static double[][] inverse(double[][] l) {
        int d = l.length;
        var out = new double[d][d];
        for (int c = 0; c < d; c++) {
            for (int i = c; i < d; i++) {
                double sum = i == c ? 1 : 0;
                for (int j = c; j < i; j++) {
                    sum -= l[i][j] * out[j][c];
                }
                out[i][c] = sum / l[i][i];
            }
        }
        return out;
    }

    @Override
    public Trial prepare(Machine machine, int count, long seed) {
        Tensor x = Inputs.any(machine, count, width, seed);
        Tensor out = machine.backend(Precision.FP32).zeros(count, 1);
        Consumer<Tensor> scorer = scorer(machine, x, seed);
        return Trials.of(count / (double) rows, turn -> scorer.accept(out), () -> machine.free(x, out));
    }

    @Override
    public Map<String, Object> peer() {
        return Map.of("kind", "mahalanobis", "rows", rows, "width", width);
    }
}
