package touchstone.ood;

import java.util.List;

/**
 * Why a row has its score.
 *
 * @param score the row's score
 * @param shares of each feature, [d], in the score's unit; they add to the score, up to rounding. A share may be below 0 where
 *     features hang together: this one then lies where the others make it likely
 * @param nearestClass label of the nearest class, -1 where the fit knows none
 * @param neighbours the nearest training rows, nearest first; empty where the fit keeps no rows
 */
public record Explanation(double score, double[] shares, int nearestClass, List<Neighbour> neighbours) {
    public Explanation {
        shares = shares.clone();
        neighbours = List.copyOf(neighbours);
    }

    @Override
    public double[] shares() {
        return shares.clone();
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
