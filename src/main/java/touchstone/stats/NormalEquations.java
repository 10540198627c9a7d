package touchstone.stats;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import touchstone.util.Archive;
import touchstone.util.Check;

/**
 * The sums that ridge regression needs, {@code A = sum_i w_i x_i' x_i} and {@code B = sum_i w_i x_i' y_i}, gathered row by row
 * without keeping rows, and their solution {@code W = (A + gamma I)^-1 B}. There is no intercept. Not safe for sharing between
 * threads.
 */
public final class NormalEquations {
    private final double[][] gram; // the lower triangle of A
    private final List<double[]> cross = new ArrayList<>(); // the columns of B

    private NormalEquations(int features) {
        gram = new double[Check.atLeast(features, 1, "features")][];
        for (int a = 0; a < features; a++) {
            gram[a] = new double[a + 1];
        }
    }

    /** Sums over no rows, for rows of so many features; they have no targets yet. */
    public static NormalEquations of(int features) {
        return new NormalEquations(features);
    }

    /** Columns of the rows. */
    public int features() {
        return gram.length;
    }

    /** Columns of the targets: one more than the largest that was added to. */
    public int targets() {
        return cross.size();
    }

    /** Multiplies all sums by a factor: what came before counts so much less. */
    public void fade(double factor) {
        Check.probability(factor, "factor");
        if (factor != 1) {
            gather(gram, factor, gram, 0);
            cross.forEach(c -> gather(c, factor, c, 0));
        }
    }

    /**
     * Adds a row whose only target that is not 0 is in one column.
     *
     * @param row finite, [features]
     * @param target column of the target, 0 or more
     * @param value the target
     */
    public void add(double[] row, int target, double value) {
        Check.sameLength(row.length, "row", features(), "features");
        Check.allFinite(row, "row");
        Check.finite(value, "value");
        grow(Check.atLeast(target, 0, "target") + 1);
        double[] sum = cross.get(target);
        for (int a = 0; a < row.length; a++) {
            double x = row[a];
            sum[a] += value * x;
            double[] g = gram[a];
            for (int b = 0; x != 0 && b <= a; b++) {
                g[b] += x * row[b];
            }
        }
    }

    /** Adds the sums of others, weighted; they stay as they are. */
    public void add(NormalEquations others, double weight) {
        Check.sameLength(others.features(), "features of the others", features(), "features");
        Check.finite(weight, "weight");
        grow(others.targets());
        gather(gram, 1, others.gram, weight);
        for (int c = 0; c < others.targets(); c++) {
            gather(cross.get(c), 1, others.cross.get(c), weight);
        }
    }

    private void grow(int targets) {
        while (cross.size() < targets) {
            cross.add(new double[features()]);
        }
    }

    private static void gather(double[][] into, double keep, double[][] from, double weight) {
        for (int a = 0; a < into.length; a++) {
            gather(into[a], keep, from[a], weight);
        }
    }

    private static void gather(double[] into, double keep, double[] from, double weight) {
        for (int i = 0; i < into.length; i++) {
            into[i] = keep * into[i] + weight * from[i];
        }
    }

    /** A copy that goes its own way. */
    public NormalEquations copy() {
        var copy = new NormalEquations(features());
        copy.add(this, 1);
        return copy;
    }

    /**
     * The weights W, [features, targets], by Cholesky factors; [features, 0] without targets.
     *
     * @param gamma ridge, above 0
     */
    public double[][] solve(double gamma) {
        Check.positive(gamma, "gamma");
        int d = features();
        if (targets() == 0) {
            return new double[d][0];
        }
        var s = new Array2DRowRealMatrix(d, d);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double v = gram[a][b] + (a == b ? gamma : 0);
                s.setEntry(a, b, v);
                s.setEntry(b, a, v);
            }
        }
        var y = new Array2DRowRealMatrix(d, targets());
        for (int c = 0; c < targets(); c++) {
            y.setColumn(c, cross.get(c));
        }
        return new CholeskyDecomposition(s, 0, 0).getSolver().solve(y).getData();
    }

    /** Tells both sums. */
    public void persist(Archive archive) {
        for (int a = 0; a < gram.length; a++) {
            gram[a] = archive.keep("gram", gram[a]);
        }
        archive.keepAll("cross", cross);
    }

    /** Numbers kept: both sums, of the symmetric one a half. */
    public long stored() {
        return (long) features() * (features() + 1) / 2 + (long) features() * targets();
    }
}
