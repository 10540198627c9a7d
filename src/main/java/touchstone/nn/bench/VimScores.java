package touchstone.nn.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.CudaMatrices;
import touchstone.nn.cuda.CudaOptions;

/**
 * ViM's scores with a factor of 1, {@code |R (x - origin)| - log sum_c exp(w_c x)}, float32. R has half as many rows as x has
 * columns.
 *
 * @param rows that are scored
 * @param width numbers a row
 * @param classes logits a row
 */
record VimScores(int rows, int width, int classes) implements Operation {
    private static final int SAMPLE = 300;

    private int basis() {
        return Math.max(1, width / 2);
    }

    @Override
    public Label label() {
        return new Label(
                "vim",
                "ViM scores",
                rows + " x " + width + ", " + classes + " classes",
                Precision.FP32,
                "rows/s",
                rows,
                2.0 * rows * width * (basis() + classes),
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
        double[] origin = origin(seed);
        double[][] basis = matrix(basis(), seed + 2);
        double[][] weights = matrix(classes, seed + 3);
        double[] wanted = Arrays.stream(Inputs.rows(n, width, seed))
                .mapToDouble(row -> score(row, origin, basis, weights))
                .toArray();
        return Inputs.apart(found, wanted);
    }

    private double[] origin(long seed) {
        return Inputs.rows(1, width, seed + 1)[0];
    }

    /** Rows of length about 1. */
    private double[][] matrix(int height, long seed) {
        double[][] m = Inputs.rows(height, width, seed);
        for (double[] row : m) {
            for (int j = 0; j < width; j++) {
                row[j] = (float) (row[j] / Math.sqrt(width));
            }
        }
        return m;
    }

    private static double score(double[] x, double[] origin, double[][] basis, double[][] weights) {
        var off = new double[x.length];
        Arrays.setAll(off, j -> x[j] - origin[j]);
        double squares =
                Arrays.stream(basis).mapToDouble(b -> dot(b, off) * dot(b, off)).sum();
        double sum =
                Arrays.stream(weights).mapToDouble(w -> Math.exp(dot(w, x))).sum();
        return Math.sqrt(squares) - Math.log(sum);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private Consumer<Tensor> scorer(Machine machine, Tensor x, long seed) {
        Backend backend = machine.backend(Precision.FP32);
        Tensor origin = Inputs.of(backend, origin(seed));
        Tensor basis = Inputs.of(backend, matrix(basis(), seed + 2));
        Tensor weights = Inputs.of(backend, matrix(classes, seed + 3));
        Tensor logits = backend.zeros(x.rows(), classes);
        if (machine instanceof CardMachine card) {
            CudaMatrices matrices = card.matrices();
            Tensor sums = backend.zeros(x.rows(), 1);
            return out -> {
                matrices.residual(x, origin, basis, out);
                matrices.abt(CudaOptions.Precision.EXACT, x, weights, logits);
                matrices.logSumExp(logits, sums);
                backend.add(-1, sums, out);
            };
        }
        var lengths = new Lengths(backend, x, origin, basis);
        return out -> {
            lengths.squared(out);
            backend.abt(x, weights, logits);
            IntStream.range(0, x.rows())
                    .parallel()
                    .forEach(i -> out.set(i, 0, Math.sqrt(out.get(i, 0)) - logSumExp(logits, i)));
        };
    }

    private static double logSumExp(Tensor z, int row) {
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < z.columns(); c++) {
            most = Math.max(most, z.get(row, c));
        }
        double sum = 0;
        for (int c = 0; c < z.columns(); c++) {
            sum += Math.exp(z.get(row, c) - most);
        }
        return most + Math.log(sum);
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
        return Map.of("kind", "vim", "rows", rows, "width", width, "classes", classes, "basis", basis());
    }
}
