package touchstone.ood.coverage;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import touchstone.util.Check;

/**
 * A linear planner of {@link SceneWorld}, by ridge regression of the right actions on the features and a constant:
 * {@code B = (X^T X + ridge I)^-1 X^T Y}, the constant not shrunk. Immutable.
 */
public final class RidgePlanner {
    private final RealMatrix weights;

    private RidgePlanner(RealMatrix weights) {
        this.weights = weights;
    }

    /**
     * Fits the planner.
     *
     * @param scenes training scenes, one or more
     * @param ridge above 0
     */
    public static RidgePlanner fit(List<SceneWorld.Scene> scenes, double ridge) {
        Check.nonEmpty(scenes.size(), "scenes");
        Check.positive(ridge, "ridge");
        RealMatrix x = matrix(scenes);
        var y = new double[scenes.size()][];
        for (int i = 0; i < y.length; i++) {
            y[i] = numbers(scenes.get(i).action());
        }
        RealMatrix s = x.transpose().multiply(x);
        for (int j = 0; j < s.getColumnDimension() - 1; j++) {
            s.addToEntry(j, j, ridge);
        }
        RealMatrix target = x.transpose().multiply(new Array2DRowRealMatrix(y, false));
        return new RidgePlanner(new CholeskyDecomposition(s).getSolver().solve(target));
    }

    /** The Euclidean distance of the planned action to the right one in each scene, [n]; 0 or more. */
    public double[] errors(List<SceneWorld.Scene> scenes) {
        double[][] planned = matrix(scenes).multiply(weights).getData();
        var errors = new double[planned.length];
        for (int i = 0; i < errors.length; i++) {
            double[] right = numbers(scenes.get(i).action());
            double sum = 0;
            for (int a = 0; a < right.length; a++) {
                sum += (planned[i][a] - right[a]) * (planned[i][a] - right[a]);
            }
            errors[i] = Math.sqrt(sum);
        }
        return errors;
    }

    private static RealMatrix matrix(List<SceneWorld.Scene> scenes) {
        var x = new double[scenes.size()][];
        for (int i = 0; i < x.length; i++) {
            double[] features = numbers(scenes.get(i).features());
            x[i] = java.util.Arrays.copyOf(features, features.length + 1);
            x[i][features.length] = 1;
        }
        return new Array2DRowRealMatrix(x, false);
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(v -> v).toArray();
    }
}
