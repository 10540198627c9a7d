package touchstone.nn.cuda;

import java.util.stream.IntStream;
import touchstone.nn.Algebra;
import touchstone.util.Check;

/**
 * {@link Algebra} on a card, in double but for the search of neighbours, which float32 narrows down and double decides. Matrices go
 * there and come back in slabs whose sizes follow from the shapes and the memory cap, through pinned buffers, so that they may be
 * larger than the card's memory. Products and Gram matrices differ from the processor's by rounding, d or n ulps at most of the sums
 * of absolute values; distances of neighbours do not differ.
 */
final class CudaAlgebra implements Algebra {
    private static final int PANEL_BYTES = 32 << 20; // of rows made on the processor for a sum

    private final CudaBackend backend;
    private final Context context;
    private final Triangles triangles;

    CudaAlgebra(CudaBackend backend) {
        this.backend = backend;
        context = backend.context;
        triangles = new Triangles(backend.gemm.blas());
    }

    @Override
    public Product times(double[][] b) {
        return CudaProduct.of(context, triangles, b);
    }

    @Override
    public double[][] gram(int n, int d, Rows rows) {
        var out = new double[d][d];
        if (n == 0 || d == 0) {
            return out;
        }
        long row = (long) d * Double.BYTES;
        int height = context.fitting(4, row, Math.max(1, Math.min(n, (int) (PANEL_BYTES / row))));
        var panel = new double[Math.multiplyExact(height, d)];
        try (Scratch x = context.scratch(height * row);
                Scratch sums = context.scratch(d * row)) {
            for (int from = 0; from < n; from += height) {
                int first = from;
                int count = Math.min(height, n - from);
                IntStream.range(0, count).parallel().forEach(i -> rows.put(first + i, panel, i * d));
                context.transfers().toCard(panel, count * d, x.address());
                triangles.squares(x.address(), count, d, from > 0, sums.address());
            }
            Panels.fetch(context, sums.address(), d, d, out, 0, 0);
        }
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                out[j][i] = out[i][j];
            }
        }
        return out;
    }

    @Override
    public Eigen eigen(double[][] s) {
        return CudaEigen.of(context, s);
    }

    @Override
    public Neighbours neighbours(double[][] rows, int k) {
        Check.atLeast(k, 1, "k");
        if (k > rows.length) {
            throw new IllegalArgumentException("k must be at most the number of rows, was " + k + " of " + rows.length);
        }
        return CudaNeighbours.of(backend.gemm, rows, k);
    }
}
