package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.Algebra;
import touchstone.nn.cpu.Cpu;
import touchstone.util.Seeds;

/** Jacobi's rotations find the eigenvalues that LAPACK finds, and vectors that give the matrix back. */
class EigenKernelsTest {
    private static final int SWEEPS = 15; // it converges quadratically: some 8 for d = 31
    private static final double CLOSE = 1e-12; // relative to the matrix's size: rounding of some 1000 rotations

    private static double[][] symmetric(int d) {
        RandomGenerator rng = Seeds.rng(3, "symmetric", d);
        var s = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                s[i][j] = rng.nextGaussian();
                s[j][i] = s[i][j];
            }
        }
        return s;
    }

    private static double offDiagonal(Cells a, int d) {
        Cells parts = Cells.doubles(1, d);
        Cells total = Cells.doubles(1, 1);
        Device.launch("ts_off_diagonal", a, parts, d);
        Device.launch("ts_total", parts, total, d);
        return total.getDouble(0, 0);
    }

    private static void sweep(Cells a, Cells vectors, int d) {
        Cells turns = Cells.doubles((d + 1) / 2, 2);
        for (int round = 0; round < (d + 1) / 2 * 2 - 1; round++) {
            Device.launch("ts_jacobi_angles", a, turns, d, round);
            Device.launch("ts_jacobi_rows", turns, a, d, round);
            Device.launch("ts_jacobi_rows", turns, vectors, d, round);
            Device.launch("ts_jacobi_columns", turns, a, d, round);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 31})
    void findsEigenvaluesAndVectors(int d) {
        double[][] s = symmetric(d);
        Cells a = Cells.doubles(d, d);
        Cells vectors = Cells.doubles(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                a.setDouble(i, j, s[i][j]);
                vectors.setDouble(i, j, i == j ? 1 : 0);
            }
        }
        double size = Math.sqrt(d * (double) d);
        int sweeps = 0;
        while (offDiagonal(a, d) > 1e-26 * size * size && sweeps < SWEEPS) {
            sweep(a, vectors, d);
            sweeps++;
        }
        assertTrue(sweeps < SWEEPS, "did not converge");
        var values = new double[d];
        for (int i = 0; i < d; i++) {
            values[i] = a.getDouble(i, i);
            for (int j = 0; j < d; j++) {
                double image = 0; // row j of S times vector i
                for (int k = 0; k < d; k++) {
                    image += s[j][k] * vectors.getDouble(i, k);
                }
                assertEquals(values[i] * vectors.getDouble(i, j), image, CLOSE * size);
            }
        }
        Arrays.sort(values);
        Algebra.Eigen expected = Cpu.algebra(1).eigen(s);
        for (int i = 0; i < d; i++) {
            assertEquals(expected.values()[i], values[i], CLOSE * size);
        }
    }
}
