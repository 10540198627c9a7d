package touchstone.ood;

import java.util.ArrayList;
import java.util.List;

/** Products of Hermite polynomials of total degree at most so much: they span all monomials, orthonormal for normal data. */
final class HermiteBasis {
    private final int degree;
    private final int[][] exponents;

    private HermiteBasis(int degree, int[][] exponents) {
        this.degree = degree;
        this.exponents = exponents;
    }

    /** The basis over so many directions; throws where it is larger than {@code most}, which so many rows allow. */
    static HermiteBasis of(int directions, int degree, int most, int rows) {
        double size = 1;
        for (int k = 1; k <= degree; k++) {
            size = size * (directions + k) / k;
        }
        if (!(Math.rint(size) <= most)) {
            throw new IllegalArgumentException(String.format(
                    java.util.Locale.ROOT,
                    "degree must give at most %d monomials with %d training rows, was %d: %.0f monomials over %d"
                            + " directions; lower it or take fewer features",
                    most,
                    rows,
                    degree,
                    size,
                    directions));
        }
        List<int[]> exponents = new ArrayList<>();
        add(new int[directions], 0, degree, exponents);
        return new HermiteBasis(degree, exponents.toArray(int[][]::new));
    }

    private static void add(int[] exponent, int from, int left, List<int[]> out) {
        if (from == exponent.length) {
            out.add(exponent.clone());
            return;
        }
        for (int k = 0; k <= left; k++) {
            exponent[from] = k;
            add(exponent, from + 1, left - k, out);
        }
        exponent[from] = 0;
    }

    int size() {
        return exponents.length;
    }

    /** The values of all products at a point. */
    double[] at(double[] z) {
        var h = new double[z.length][degree + 1];
        for (int j = 0; j < z.length; j++) {
            h[j][0] = 1;
            h[j][1] = z[j];
            for (int k = 1; k < degree; k++) {
                // normalised: h_(k+1) = (z h_k - sqrt(k) h_(k-1)) / sqrt(k + 1)
                h[j][k + 1] = (z[j] * h[j][k] - Math.sqrt(k) * h[j][k - 1]) / Math.sqrt(k + 1.0);
            }
        }
        var out = new double[exponents.length];
        for (int m = 0; m < out.length; m++) {
            double product = 1;
            for (int j = 0; j < z.length; j++) {
                product *= h[j][exponents[m][j]];
            }
            out[m] = product;
        }
        return out;
    }
}
