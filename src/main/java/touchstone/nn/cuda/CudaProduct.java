package touchstone.nn.cuda;

import java.lang.ref.Reference;
import touchstone.nn.Algebra;
import touchstone.util.Check;

/**
 * Rows times a matrix in double. Every product has the same number of rows, the last filled up with zeros, so that a row is computed
 * alike alone and among others.
 */
final class CudaProduct implements Algebra.Product {
    private static final int HEIGHT = 1024; // rows of a product: enough for the largest cards, little for small ones
    private static final int WIDTH = 1 << 14; // rows of b in a product: 128 MB of results

    private final Context context;
    private final Triangles triangles;
    private final Bank bank;
    private final int n;
    private final int d;
    private final int height;

    private CudaProduct(Context context, Triangles triangles, double[][] b) {
        this.context = context;
        this.triangles = triangles;
        n = b.length;
        d = b[0].length;
        long row = (long) d * Double.BYTES;
        bank = new Bank(context, n, row, WIDTH, (first, count, at) -> Panels.doubles(context, b, first, count, at));
        height = context.fitting(4, Math.max(row, (long) bank.height() * Double.BYTES), HEIGHT);
    }

    static Algebra.Product of(Context context, Triangles triangles, double[][] b) {
        int d = b.length == 0 ? 0 : b[0].length;
        for (double[] row : b) {
            Check.sameLength(row.length, "rows of b", d, "the first row of b");
        }
        return b.length > 0 && d > 0 ? new CudaProduct(context, triangles, b) : a -> new double[a.length][b.length];
    }

    @Override
    public double[][] of(double[][] a) {
        var out = new double[a.length][n];
        for (double[] row : a) {
            Check.sameLength(row.length, "rows of a", d, "rows of b");
        }
        long room = (long) height * d;
        try (Scratch x = context.scratch(room * Double.BYTES);
                Scratch y = context.scratch((long) height * bank.height() * Double.BYTES)) {
            for (int top = 0; top < a.length; top += height) {
                int first = top;
                int count = Math.min(height, a.length - top);
                context.zero(x.address(), 2 * room);
                Panels.doubles(context, a, first, count, x.address());
                bank.each((from, width, address) -> {
                    Factor left = Factor.of(x.address(), d);
                    Factor right = Factor.of(address, d).turn();
                    triangles.product(left, right, Factor.of(y.address(), width), height, width, d);
                    Panels.fetch(context, y.address(), count, width, out, first, from);
                });
            }
        } finally {
            Reference.reachabilityFence(this);
        }
        return out;
    }
}
