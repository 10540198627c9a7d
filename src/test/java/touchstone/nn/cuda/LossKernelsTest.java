package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static touchstone.nn.cuda.Numbers.GAP;
import static touchstone.nn.cuda.Numbers.assertNear;
import static touchstone.nn.cuda.Numbers.doubles;
import static touchstone.nn.cuda.Numbers.normal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.nn.Tensor;

/** Losses against the processor's in double. */
class LossKernelsTest {
    private static final double ULPS = 6e-7; // two of each exponential, one of the sum that is added to

    @ParameterizedTest
    @MethodSource("touchstone.nn.cuda.Numbers#fewRows")
    void crossEntropy(int[] shape) {
        int n = shape[0];
        int d = shape[1];
        Tensor z = normal(n, d, "z");
        Tensor before = normal(n, d, "gradient");
        var labels = new int[n];
        var shares = new double[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 3 == 2 ? -1 : 5 * i % d;
            shares[i] = i % 3 == 2 ? 0 : i % 4 - 1.25;
        }
        Tensor slope = doubles(before);
        double loss = doubles(z).addCrossEntropy(labels, shares, slope);

        Cells in = Cells.of(z, GAP);
        Cells out = Cells.of(before, 1);
        Cells losses = Cells.doubles(1, n);
        Device.launch(
                "ts_cross_entropy", in, Cells.ints(labels), weights(shares), out, losses, n, d, in.stride, out.stride);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += losses.getDouble(0, i);
        }
        assertEquals(loss, sum, 1e-6 * (1 + n));
        assertNear(slope, out, ULPS, ULPS * 4); // shares are 1.75 at most
    }

    private static Cells weights(double... shares) {
        Cells out = Cells.doubles(1, shares.length);
        for (int i = 0; i < shares.length; i++) {
            out.setDouble(0, i, shares[i]);
        }
        return out;
    }

    @Test
    void logitsFarApartNeitherOverflowNorLoseTheLoss() {
        Tensor z = normal(2, 3, "z");
        z.set(0, 0, 1e30);
        z.set(0, 1, -1e30);
        z.set(1, 2, -300);
        Cells in = Cells.of(z, 0);
        Cells out = Cells.of(normal(2, 3, "gradient"), 0);
        Cells losses = Cells.doubles(1, 2);
        Device.launch("ts_cross_entropy", in, Cells.ints(new int[] {0, 2}), weights(1, 1), out, losses, 2, 3, 3, 3);
        assertEquals(0, losses.getDouble(0, 0));
        double most = Math.max(z.get(1, 0), z.get(1, 1));
        double sum = Math.log1p(Math.exp(-Math.abs(z.get(1, 0) - z.get(1, 1))));
        assertEquals(most + sum + 300, losses.getDouble(0, 1), 1e-4);
    }
}
