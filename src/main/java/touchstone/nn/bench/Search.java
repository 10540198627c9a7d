package touchstone.nn.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.cuda.CudaMatrices;
import touchstone.nn.cuda.Nearest;

/**
 * The k nearest of many rows for each query. On a card distances are float32, all tensors lie there, and so does what is found; on
 * the processor it is {@link Algebra#neighbours}, in double.
 */
record Search(BenchSizes.Search size, Precision precision) implements Operation {
    private static final int SAMPLE = 40; // queries that are checked
    private static final int AMONG = 3000; // rows, likewise
    private static final int PART = 20_000; // rows among which the processor searches when it is timed

    @Override
    public Label label() {
        double flops = 2.0 * size.queries() * size.rows() * size.width();
        double read = (double) Float.BYTES * size.width() * (size.queries() + (double) size.rows());
        return new Label(
                "nearest/" + precision.title(),
                "k nearest, k = " + size.k(),
                size.queries() + " of " + size.rows() + " x " + size.width(),
                precision,
                "queries/s",
                size.queries(),
                flops,
                read);
    }

    @Override
    public double bound() {
        return precision.bound();
    }

    /** Of the squared distances, and of those in float64 to the rows whose numbers were found, whichever is larger. */
    @Override
    public double error(Machine machine, long seed) {
        int n = Math.min(AMONG, size.rows());
        int m = Math.min(SAMPLE, size.queries());
        double[][] rows = Inputs.rows(n, size.width(), seed);
        double[][] queries = Inputs.rows(m, size.width(), seed + 1);
        double[][] all = Arrays.stream(queries)
                .map(q -> Arrays.stream(rows).mapToDouble(r -> squared(q, r)).toArray())
                .toArray(double[][]::new);
        double[] nearest = Arrays.stream(all)
                .flatMapToDouble(d -> Arrays.stream(d).sorted().limit(size.k()))
                .toArray();
        if (!(machine instanceof CardMachine card)) {
            double[] last = IntStream.range(0, m)
                    .mapToDouble(i -> nearest[(i + 1) * size.k() - 1])
                    .toArray();
            return Inputs.apart(Cpu.algebra().neighbours(rows, size.k()).kth(queries), last);
        }
        return onCard(card, all, nearest, seed);
    }

    private double onCard(CardMachine card, double[][] all, double[] nearest, long seed) {
        CudaMatrices matrices = card.matrices();
        Tensor x = Inputs.normal(card.backend(Precision.FP32), all[0].length, size.width(), seed);
        Tensor q = Inputs.normal(card.backend(Precision.FP32), all.length, size.width(), seed + 1);
        card.free(Inputs.poisoned(card.backend(Precision.FP32), all.length, size.k()));
        try (Nearest found = matrices.nearest(CardMachine.setting(precision), q, x, size.k())) {
            var told = new double[nearest.length];
            found.squared().copyTo(told, 0);
            int[] which = found.indices();
            double[] meant = IntStream.range(0, which.length)
                    .mapToDouble(i -> at(all[i / size.k()], which[i]))
                    .toArray();
            double apart = Math.max(Inputs.apart(told, nearest), Inputs.apart(meant, nearest));
            card.free(x, q);
            return apart;
        }
    }

    private static double at(double[] distances, int row) {
        return row >= 0 && row < distances.length ? distances[row] : Double.NaN;
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }

    @Override
    public int rows() {
        return size.queries();
    }

    /** The processor searches among fewer rows, if there are many: a search takes time by pairs of a query and a row. */
    @Override
    public Trial prepare(Machine machine, int rows, long seed) {
        if (machine instanceof CardMachine card) {
            CudaMatrices matrices = card.matrices();
            Tensor x = card.uniform(size.rows(), size.width(), seed);
            Tensor q = card.uniform(rows, size.width(), seed + 1);
            return Trials.of(
                    1,
                    turn -> matrices.nearest(CardMachine.setting(precision), q, x, size.k())
                            .close(),
                    () -> card.free(x, q));
        }
        int among = Math.min(size.rows(), Math.max(size.k(), PART));
        Algebra.Neighbours search = Cpu.algebra().neighbours(Inputs.rows(among, size.width(), seed), size.k());
        double[][] queries = Inputs.rows(rows, size.width(), seed + 1);
        double share = rows / (double) size.queries() * among / size.rows();
        return Trials.of(share, turn -> search.kth(queries), () -> {});
    }

    @Override
    public Map<String, Object> peer() {
        return Map.of(
                "kind", "search",
                "queries", size.queries(),
                "rows", size.rows(),
                "width", size.width(),
                "k", size.k(),
                "precision", precision.title());
    }
}
