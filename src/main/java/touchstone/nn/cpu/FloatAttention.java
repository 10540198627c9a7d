package touchstone.nn.cpu;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/** {@link HeadKernels} by OpenBLAS: everything is copied to native memory once, and the products work on its parts in place. */
final class FloatAttention implements HeadKernels {
    private final Threads threads;
    private final Backend.Heads heads;
    private final int d;
    private final int steps;
    private final int width;
    private final float scale;

    FloatAttention(Threads threads, Backend.Heads heads, int d) {
        this.threads = threads;
        this.heads = heads;
        this.d = d;
        steps = heads.steps();
        width = d / heads.count();
        scale = (float) (1 / Math.sqrt(width));
    }

    private int items(Tensor x) {
        return x.rows() / steps * heads.count();
    }

    /** A part of a matrix that OpenBLAS is given, or its transpose. */
    private record Part(FloatPointer numbers, int apart, boolean turned) {
        /** The part from a row of the matrix, or of its transpose, on. */
        FloatPointer from(int row) {
            return numbers.getPointer(turned ? row : (long) row * apart);
        }

        Part turn() {
            return new Part(numbers, apart, !turned);
        }
    }

    /** The columns of a head in a third of x, or of what has one third. */
    private Part head(FloatPointer x, int item, int third, int thirds) {
        long row = (long) item / heads.count() * steps;
        long column = (long) third * d + (long) item % heads.count() * width;
        return new Part(x.getPointer(row * thirds * d + column), thirds * d, false);
    }

    private Part square(FloatPointer squares, int item) {
        return new Part(squares.getPointer((long) item * steps * steps), steps, false);
    }

    /** {@code C = factor A B} of [m, k] and [k, n], in tiles that OpenBLAS computes in one thread. */
    private static void multiply(float factor, Part a, Part b, Part c, int m, int n, int k) {
        int height = Math.max(1, Tiles.ALONE / (n * k));
        for (int row = 0; row < m; row += height) {
            cblas_sgemm(
                    CblasRowMajor,
                    a.turned ? CblasTrans : CblasNoTrans,
                    b.turned ? CblasTrans : CblasNoTrans,
                    Math.min(height, m - row),
                    n,
                    k,
                    factor,
                    a.from(row),
                    a.apart,
                    b.numbers,
                    b.apart,
                    0,
                    c.from(row),
                    c.apart);
        }
    }

    @Override
    public void forward(Tensor x, Tensor weights, Tensor out) {
        FloatTensor p = FloatTensor.of(weights.reshape(items(x), steps * steps));
        try (Scratch left = Scratch.floats(x.size());
                Scratch squares = Scratch.floats(p.size());
                Scratch right = Scratch.floats(out.size())) {
            Blas.in(FloatTensor.of(x), left.floats());
            threads.share(items(x), (long) x.size() * steps / Tiles.GAIN, (from, to) -> {
                for (int item = from; item < to; item++) {
                    forward(left.floats(), squares.floats(), p, right.floats(), item);
                }
            });
            Blas.out(right.floats(), FloatTensor.of(out));
        }
    }

    private void forward(FloatPointer x, FloatPointer squares, FloatTensor p, FloatPointer out, int item) {
        Part scores = square(squares, item);
        multiply(scale, head(x, item, 1, 3), head(x, item, 0, 3).turn(), scores, steps, steps, width);
        int at = p.start(item);
        scores.numbers.get(p.data, at, steps * steps);
        softmax(p.data, at);
        scores.numbers.put(p.data, at, steps * steps);
        multiply(1, scores.turn(), head(x, item, 2, 3), head(out, item, 0, 1), steps, width, steps);
    }

    /** First query that sees a key. */
    private int first(int key) {
        return heads.causal() ? key : 0;
    }

    /** Softmax down each column of a square, over the keys that a query sees; zeros for the others. */
    private void softmax(float[] p, int at) {
        var most = new float[steps];
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < steps; j++) {
            for (int i = first(j); i < steps; i++) {
                most[i] = Math.max(most[i], p[at + j * steps + i]);
            }
        }
        var sum = new float[steps];
        for (int j = 0; j < steps; j++) {
            int row = at + j * steps;
            Arrays.fill(p, row, row + first(j), 0);
            for (int i = first(j); i < steps; i++) {
                float e = FloatRows.exp(p[row + i] - most[i]);
                p[row + i] = e;
                sum[i] += e;
            }
        }
        for (int i = 0; i < steps; i++) {
            sum[i] = 1 / sum[i];
        }
        for (int j = 0; j < steps; j++) {
            FloatLoops.times(p, at + j * steps, sum, 0, p, at + j * steps, steps);
        }
    }

    @Override
    public void backward(Tensor x, Tensor weights, Tensor dout, Tensor dx) {
        FloatTensor p = FloatTensor.of(weights.reshape(items(x), steps * steps));
        try (Scratch inputs = Scratch.floats(x.size());
                Scratch squares = Scratch.floats(p.size());
                Scratch slopes = Scratch.floats(p.size());
                Scratch outputs = Scratch.floats(dout.size());
                Scratch result = Scratch.floats(dx.size())) {
            Blas.in(FloatTensor.of(x), inputs.floats());
            Blas.in(p, squares.floats());
            Blas.in(FloatTensor.of(dout), outputs.floats());
            threads.share(items(x), 2L * x.size() * steps / Tiles.GAIN, (from, to) -> {
                var ds = new float[steps * steps];
                for (int item = from; item < to; item++) {
                    Part weight = square(squares.floats(), item);
                    Part slope = square(slopes.floats(), item);
                    Part byOut = head(outputs.floats(), item, 0, 1);
                    multiply(1, head(inputs.floats(), item, 2, 3), byOut.turn(), slope, steps, steps, width);
                    slope.numbers.get(ds, 0, ds.length);
                    softmaxGradient(p.data, p.start(item), ds);
                    slope.numbers.put(ds, 0, ds.length);
                    multiply(1, weight, byOut, head(result.floats(), item, 2, 3), steps, width, steps);
                    Part keys = head(inputs.floats(), item, 1, 3);
                    multiply(1, slope.turn(), keys, head(result.floats(), item, 0, 3), steps, width, steps);
                    Part queries = head(inputs.floats(), item, 0, 3);
                    multiply(1, slope, queries, head(result.floats(), item, 1, 3), steps, width, steps);
                }
            });
            Blas.out(result.floats(), FloatTensor.of(dx));
        }
    }

    /** Turns the gradient by the weights into that by the scores before the scale, with the scale taken in. */
    private void softmaxGradient(float[] p, int at, float[] ds) {
        var dots = new float[steps];
        for (int j = 0; j < steps; j++) {
            addProducts(p, at + j * steps, ds, j * steps, dots);
        }
        for (int j = 0; j < steps; j++) {
            slopes(p, at + j * steps, dots, scale, ds, j * steps);
        }
    }

    private static void addProducts(float[] p, int at, float[] ds, int by, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += p[at + i] * ds[by + i];
        }
    }

    private static void slopes(float[] p, int at, float[] dots, float scale, float[] ds, int by) {
        for (int i = 0; i < dots.length; i++) {
            ds[by + i] = p[at + i] * (ds[by + i] - dots[i]) * scale;
        }
    }
}
