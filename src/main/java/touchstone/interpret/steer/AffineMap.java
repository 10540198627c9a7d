package touchstone.interpret.steer;

import java.util.Arrays;
import touchstone.nn.lm.Edit;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * {@code x_j -> scale_j x_j + shift_j}.
 *
 * @param scale [width]
 * @param shift [width]
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; never compared
public record AffineMap(double[] scale, double[] shift) implements UnitMap {
    public AffineMap {
        Check.nonEmpty(scale.length, "scale");
        Check.sameLength(scale.length, "scale", shift.length, "shift");
        Check.allFinite(scale, "scale");
        Check.allFinite(shift, "shift");
        scale = scale.clone();
        shift = shift.clone();
    }

    /** Scale 1 and shift 0. */
    public static AffineMap identity(int width) {
        var ones = new double[width];
        Arrays.fill(ones, 1);
        return new AffineMap(ones, new double[width]);
    }

    /** The difference of means as a shift, of rows [n, width] and [m, width]. */
    public static AffineMap meanShift(double[][] source, double[][] target) {
        double[][] from = Units.moments(source, "source");
        double[][] to = Units.moments(target, "target");
        double[] shift = to[0].clone();
        Arrays.setAll(shift, j -> shift[j] - from[0][j]);
        return new AffineMap(identity(shift.length).scale, shift);
    }

    /**
     * Optimal transport between the normal distributions of each unit: {@code scale = s_target / s_source} of the deviations (over n),
     * {@code shift = mean_target - scale mean_source}. A unit without spread at the source is only shifted.
     */
    @Reference("rodriguez2025controlling")
    public static AffineMap transport(double[][] source, double[][] target) {
        double[][] from = Units.moments(source, "source");
        double[][] to = Units.moments(target, "target");
        var scale = new double[from[0].length];
        var shift = new double[scale.length];
        for (int j = 0; j < scale.length; j++) {
            scale[j] = from[1][j] > 1e-12 ? to[1][j] / from[1][j] : 1;
            shift[j] = to[0][j] - scale[j] * from[0][j];
        }
        return new AffineMap(scale, shift);
    }

    @Override
    public double[] scale() {
        return scale.clone();
    }

    @Override
    public double[] shift() {
        return shift.clone();
    }

    @Override
    public int width() {
        return scale.length;
    }

    @Override
    public void apply(double[] row) {
        Check.sameLength(row.length, "a row of activations", scale.length, "scale");
        for (int j = 0; j < row.length; j++) {
            row[j] = scale[j] * row[j] + shift[j];
        }
    }

    @Override
    public boolean changes(int unit) {
        return scale[unit] != 1 || shift[unit] != 0;
    }

    /** A part of the way: {@code strength} 0 is the identity, 1 this map. */
    public AffineMap part(double strength) {
        Check.finite(strength, "strength");
        double[] s = scale.clone();
        double[] b = shift.clone();
        Arrays.setAll(s, j -> 1 + strength * (scale[j] - 1));
        Arrays.setAll(b, j -> strength * shift[j]);
        return new AffineMap(s, b);
    }

    @Override
    public Edit edit(int from) {
        Edit whole = Edit.affine(scale, shift);
        return new Edit() {
            @Override
            public void apply(int position, double[] x) {
                if (position >= from) {
                    whole.apply(position, x);
                }
            }

            @Override
            public void pullBack(int position, double[] dx) {
                if (position >= from) {
                    whole.pullBack(position, dx);
                }
            }
        };
    }
}
