package touchstone.stats;

import java.util.Arrays;
import touchstone.util.Reference;

/** Upper tails of the Kolmogorov-Smirnov statistics under "no difference". */
@Reference({"marsaglia2003evaluating", "birnbaum1951one"})
final class KolmogorovDistribution {
    private KolmogorovDistribution() {}

    /** {@code P(K >= t)} of Kolmogorov's limit; by either of its two series, whichever converges at once. */
    static double limitTail(double t) {
        if (t < 0.2) {
            return 1; // within 1e-12: exp(-pi^2 / (8 * 0.04)) = 4e-14
        }
        double sum = 0;
        if (t < 1) {
            for (int k = 1; k < 20; k += 2) {
                sum += Math.exp(-k * k * Math.PI * Math.PI / (8 * t * t));
            }
            return 1 - Math.sqrt(2 * Math.PI) / t * sum;
        }
        for (int k = 1; k < 10; k++) {
            sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * t * t);
        }
        return sum;
    }

    /**
     * Share of the paths from (0, 0) to (n, m) that at the end of a group of ties lie at {@code |i m - j n| >= d}. The chance
     * to have been there is carried from point to point, in sums of positive terms, so that small p-values keep their digits.
     */
    static double twoSampleTail(int n, int m, long d, boolean[] groupEnds) {
        if (d == 0) {
            return 1;
        }
        var been = new double[m + 1];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                if (groupEnds[i + j] && Math.abs((long) i * m - (long) j * n) >= d) {
                    been[j] = 1;
                } else if (i + j > 0) {
                    double fromY = j == 0 ? 0 : been[j - 1] * j;
                    been[j] = (been[j] * i + fromY) / (i + j);
                }
            }
        }
        return Math.min(1, been[m]);
    }

    /** Natural logarithm of {@link #twoSampleTail}, for shares below the smallest double. */
    static double twoSampleLogTail(int n, int m, long d, boolean[] groupEnds) {
        double plain = twoSampleTail(n, m, d, groupEnds);
        if (plain > 1e-250) {
            return Math.log(plain);
        }
        var been = new double[m + 1];
        Arrays.fill(been, Double.NEGATIVE_INFINITY);
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                if (groupEnds[i + j] && Math.abs((long) i * m - (long) j * n) >= d) {
                    been[j] = 0;
                } else if (i + j > 0) {
                    double fromX = been[j] + Math.log(i);
                    double fromY = j == 0 ? Double.NEGATIVE_INFINITY : been[j - 1] + Math.log(j);
                    been[j] = logSum(fromX, fromY) - Math.log((double) i + j);
                }
            }
        }
        return been[m];
    }

    private static double logSum(double a, double b) {
        double most = Math.max(a, b);
        return most == Double.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
    }

    /**
     * {@code P(D >= d)} of n values: twice the one-sided tail where the chance that both sides lie beyond d is below 2e-16 of
     * it, else Marsaglia, Tsang and Wang's power of a matrix.
     */
    static double oneSampleTail(int n, double d) {
        if (2 * n * d <= 1) {
            return 1;
        }
        if (d >= 1) {
            return 0;
        }
        if (d >= 0.5 || n * d * d >= 6) {
            return Math.min(1, 2 * oneSided(n, d));
        }
        return Math.max(0, 1 - centralShare(n, d));
    }

    /** Birnbaum and Tingey: {@code d sum_{j <= n (1 - d)} C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j)}. */
    private static double oneSided(int n, double d) {
        double sum = 0;
        double choices = 0; // log C(n, j)
        double rest = 1 - d;
        for (int j = 0; j <= n && rest > 0; j++) {
            sum += Math.exp(choices + (j - 1) * Math.log(d + (double) j / n) + (n - j) * Math.log(rest));
            choices += Math.log((double) (n - j) / (j + 1));
            rest = 1 - d - (j + 1.0) / n;
        }
        return d * sum;
    }

    /** {@code P(D < d)}: the middle element of {@code n! / n^n H^n}, scaled by powers of two on the way. */
    private static double centralShare(int n, double d) {
        int k = (int) (n * d) + 1;
        double[][] base = transitions(2 * k - 1, k - n * d);
        double[][] power = identity(base.length);
        int exponentOfPower = 0;
        int exponentOfBase = 0;
        for (int left = n; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                power = product(power, base);
                exponentOfPower += exponentOfBase + rescale(power);
            }
            base = product(base, base);
            exponentOfBase = 2 * exponentOfBase + rescale(base);
        }
        double share = power[k - 1][k - 1];
        int exponent = exponentOfPower;
        for (int i = 1; i <= n; i++) {
            share *= (double) i / n;
            if (share < 0x1p-500) {
                share *= 0x1p500;
                exponent -= 500;
            }
        }
        return Math.scalb(share, exponent);
    }

    private static double[][] transitions(int size, double h) {
        var matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= Math.min(i + 1, size - 1); j++) {
                matrix[i][j] = 1;
            }
        }
        for (int i = 0; i < size; i++) {
            matrix[i][0] -= Math.pow(h, i + 1);
            matrix[size - 1][i] -= Math.pow(h, size - i);
        }
        matrix[size - 1][0] += 2 * h > 1 ? Math.pow(2 * h - 1, size) : 0;
        double factorial = 1;
        for (int g = 1; g <= size; g++) { // the g-th diagonal from the one above the main is divided by g!
            factorial *= g;
            for (int j = 0; j + g - 1 < size; j++) {
                matrix[j + g - 1][j] /= factorial;
            }
        }
        return matrix;
    }

    private static double[][] identity(int size) {
        var matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 1;
        }
        return matrix;
    }

    private static double[][] product(double[][] a, double[][] b) {
        int size = a.length;
        var result = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double factor = a[i][k];
                for (int j = 0; j < size; j++) {
                    result[i][j] += factor * b[k][j];
                }
            }
        }
        return result;
    }

    /** Divides by a power of two that brings the largest element near 1; returns its exponent. */
    private static int rescale(double[][] matrix) {
        double most = 0;
        for (double[] row : matrix) {
            for (double v : row) {
                most = Math.max(most, Math.abs(v));
            }
        }
        int exponent = Math.getExponent(most);
        double factor = Math.scalb(1.0, -exponent);
        for (double[] row : matrix) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
        return exponent;
    }
}
