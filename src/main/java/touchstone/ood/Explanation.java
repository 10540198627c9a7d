package touchstone.ood;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a row has its score.
 *
 * @param score the row's score
 * @param shares of each feature, [d], in the score's unit; they add to the score, up to rounding. A share may be below 0 where
 *     features hang together: this one then lies where the others make it likely
 * @param nearestClass label of the nearest class, -1 where the fit knows none
 * @param neighbours the nearest training rows, nearest first; empty where the fit keeps no rows
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record Explanation(double score, double[] shares, int nearestClass, List<Neighbour> neighbours) {
    public Explanation {
        shares = shares.clone();
        neighbours = List.copyOf(neighbours);
    }

    @Override
    public double[] shares() {
        return shares.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Explanation e
                && score == e.score
                && nearestClass == e.nearestClass
                && Arrays.equals(shares, e.shares)
                && neighbours.equals(e.neighbours);
    }

    @Override
    public int hashCode() {
        return Objects.hash(score, nearestClass, Arrays.hashCode(shares), neighbours);
    }

    /**
     * A training row.
     *
     * @param row its place in the training batch, from 0
     * @param distance from the explained row, in the unit of the score, 0 or more
     * @param label its class, -1 where the training batch had no labels
     */
    public record Neighbour(int row, double distance, int label) {}
}
