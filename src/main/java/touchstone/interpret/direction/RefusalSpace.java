package touchstone.interpret.direction;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.data.PrincipalComponents;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The few directions in which a model's representations of prompts vary most, with two logistic models on the coordinates there: how
 * probable it is that the model refuses, and whether the prompt is harmful. Immutable.
 *
 * <p>Follows the paper, whose logistic models are means over ten folds stopped early; here each is the minimum with a ridge.
 */
@Reference("zheng2024prompt")
public final class RefusalSpace {
    private final PrincipalComponents all;
    private final double[][] directions;
    private final int dimensions;
    private final LogisticReadout refusal;
    private final LogisticReadout harm;

    private RefusalSpace(PrincipalComponents all, int dimensions, LogisticReadout refusal, LogisticReadout harm) {
        this.all = all;
        this.directions = all.directions();
        this.dimensions = dimensions;
        this.refusal = refusal;
        this.harm = harm;
    }

    /**
     * Fits the space.
     *
     * @param hidden representations of prompts, with and without safety prompts, [n, d]
     * @param refused probability or share of refusals of each, [n], in [0, 1]
     * @param harmful whether each prompt is harmful, [n]
     * @param dimensions of the space, 1 to d - 1
     * @param l2 of the logistic models, above 0
     */
    public static RefusalSpace fit(double[][] hidden, double[] refused, boolean[] harmful, int dimensions, double l2) {
        Check.nonEmpty(hidden.length, "hidden");
        Check.sameLength(hidden.length, "hidden", refused.length, "refused");
        Check.sameLength(hidden.length, "hidden", harmful.length, "harmful");
        Check.atLeast(dimensions, 1, "dimensions");
        Check.index(dimensions, hidden[0].length, "dimensions");
        PrincipalComponents all = PrincipalComponents.fit(hidden, hidden[0].length);
        double[][] x = Arrays.stream(all.transform(hidden))
                .map(row -> Arrays.copyOf(row, dimensions))
                .toArray(double[][]::new);
        double[] truth = IntStream.range(0, harmful.length)
                .mapToDouble(i -> harmful[i] ? 1 : 0)
                .toArray();
        return new RefusalSpace(
                all, dimensions, LogisticReadout.fit(x, refused, l2), LogisticReadout.fit(x, truth, l2));
    }

    /** Coordinates of rows along all directions, by falling variance, [n, d]; the first {@link #dimensions} are the space. */
    public double[][] coordinates(double[][] hidden) {
        return all.transform(hidden);
    }

    /** Number of directions of the space. */
    public int dimensions() {
        return dimensions;
    }

    /** The direction in which refusal becomes most probable, in the width of the representations. */
    public Direction refusalDirection() {
        return back(refusal);
    }

    /** The direction in which prompts look more harmful. */
    public Direction harmDirection() {
        return back(harm);
    }

    LogisticReadout refusal() {
        return refusal;
    }

    LogisticReadout harm() {
        return harm;
    }

    /** Slopes by a representation from those by its coordinates, [d] each. */
    double[] pullBack(double[] slopes) {
        var out = new double[directions[0].length];
        for (int r = 0; r < slopes.length; r++) {
            for (int j = 0; j < out.length; j++) {
                out[j] += slopes[r] * directions[r][j];
            }
        }
        return out;
    }

    private Direction back(LogisticReadout readout) {
        return new Direction(pullBack(readout.weights()));
    }
}
