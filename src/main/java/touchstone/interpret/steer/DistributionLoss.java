package touchstone.interpret.steer;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.stats.Wasserstein;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * How far the activations of two samples lie apart as distributions: at each place the mean of {@code W_2^2} over its units, and over
 * random directions of length 1 if asked for; summed over places. Needs no pairs. In squared units of the activations, 0 or more.
 *
 * <p>Follows the paper, whose slices are the units; random directions are ours.
 *
 * @param directions random ones at each place besides the units, 0 or more
 * @param seed of the directions
 */
@Reference("rodriguez2025lineas")
public record DistributionLoss(int directions, long seed) {
    public DistributionLoss {
        Check.atLeast(directions, 0, "directions");
    }

    /** Units alone. */
    public static DistributionLoss defaults() {
        return new DistributionLoss(0, 1);
    }

    public DistributionLoss withDirections(int count, long s) {
        return new DistributionLoss(count, s);
    }

    /** The loss against a target, [places][m, width]. */
    public ActivationLoss against(List<double[][]> target) {
        List<List<double[]>> slices = new ArrayList<>();
        List<double[][]> sliced = new ArrayList<>();
        for (int p = 0; p < target.size(); p++) {
            Units.demandRows(target.get(p), "target");
            List<double[]> at = slices(p, target.get(p)[0].length);
            slices.add(at);
            double[][] rows = target.get(p);
            sliced.add(at.stream().map(v -> along(rows, v)).toArray(double[][]::new));
        }
        return (activations, slopes) -> {
            Check.sameLength(activations.size(), "activations", slices.size(), "places of the target");
            double loss = 0;
            for (int p = 0; p < slices.size(); p++) {
                loss += add(activations.get(p), slices.get(p), sliced.get(p), slopes.get(p));
            }
            return loss;
        };
    }

    private static double add(double[][] rows, List<double[]> slices, double[][] target, double[][] slopes) {
        double loss = 0;
        for (int s = 0; s < target.length; s++) {
            double[] v = slices.get(s);
            var own = new double[rows.length];
            loss += Wasserstein.addSecondSquared(along(rows, v), target[s], 1.0 / target.length, own);
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < v.length; j++) {
                    slopes[i][j] += own[i] * v[j];
                }
            }
        }
        return loss;
    }

    private List<double[]> slices(int place, int width) {
        List<double[]> all = new ArrayList<>();
        for (int j = 0; j < width; j++) {
            var unit = new double[width];
            unit[j] = 1;
            all.add(unit);
        }
        RandomGenerator rng = Seeds.rng(seed, "slices", place);
        for (int k = 0; k < directions; k++) {
            var v = new double[width];
            double squares = 0;
            for (int j = 0; j < width; j++) {
                v[j] = rng.nextGaussian();
                squares += v[j] * v[j];
            }
            for (int j = 0; j < width; j++) {
                v[j] /= Math.sqrt(squares);
            }
            all.add(v);
        }
        return all;
    }

    private static double[] along(double[][] rows, double[] v) {
        var out = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < v.length; j++) {
                out[i] += rows[i][j] * v[j];
            }
        }
        return out;
    }

    /** Mean over units of {@code W_1} at each place, in the unit of the activations: [places]. */
    public static double[] firstByPlace(List<double[][]> activations, List<double[][]> target) {
        Check.sameLength(activations.size(), "activations", target.size(), "target");
        var out = new double[target.size()];
        for (int p = 0; p < out.length; p++) {
            int width = target.get(p)[0].length;
            for (int j = 0; j < width; j++) {
                out[p] +=
                        Wasserstein.first(Units.column(activations.get(p), j), Units.column(target.get(p), j)) / width;
            }
        }
        return out;
    }
}
