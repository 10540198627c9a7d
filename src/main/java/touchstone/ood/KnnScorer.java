package touchstone.ood;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;

/** Distance to the k-th nearest row of a bank. The share of feature j is {@code (q_j - x_j)^2 / score}, x the k-th row. */
final class KnnScorer implements ExplainingScorer {
    private final Knn options;
    private final double[][] rows;
    private final int[] labels;
    private final Algebra.Neighbours bank;

    /** A bank of prepared rows, with their labels or none. */
    KnnScorer(Knn options, double[][] rows, int[] labels) {
        if (options.k() > rows.length) {
            throw new IllegalArgumentException(
                    "k must be at most the number of training rows, was " + options.k() + " of " + rows.length);
        }
        this.options = options;
        this.rows = rows;
        this.labels = labels;
        bank = Batches.algebra().neighbours(rows, options.k());
    }

    @Override
    public double[] score(Batch batch) {
        double[] squared = bank.kth(Batches.prepared(batch, options.normalise()));
        return Vectors.each(squared.length, i -> Math.sqrt(squared[i]));
    }

    @Override
    public List<Explanation> explain(Batch batch) {
        double[][] queries = Batches.prepared(batch, options.normalise());
        return Arrays.stream(queries).map(this::explain).toList();
    }

    private Explanation explain(double[] q) {
        double[] distances = Vectors.each(rows.length, i -> Vectors.norm(Vectors.minus(q, rows[i])));
        List<Explanation.Neighbour> nearest = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distances[i]))
                .limit(options.k())
                .map(i -> new Explanation.Neighbour(i, distances[i], labels.length == 0 ? -1 : labels[i]))
                .toList();
        Explanation.Neighbour last = nearest.get(nearest.size() - 1);
        double[] gap = Vectors.minus(q, rows[last.row()]);
        double score = last.distance();
        double[] shares =
                Arrays.stream(gap).map(v -> score > 0 ? v * v / score : 0).toArray();
        return new Explanation(score, shares, commonest(nearest), nearest);
    }

    /** The commonest label, of equally common ones the one met first. */
    private static int commonest(List<Explanation.Neighbour> neighbours) {
        Map<Integer, Integer> counts = new HashMap<>();
        neighbours.forEach(n -> counts.merge(n.label(), 1, Integer::sum));
        int best = neighbours.get(0).label();
        for (Explanation.Neighbour n : neighbours) {
            best = counts.getOrDefault(n.label(), 0) > counts.getOrDefault(best, 0) ? n.label() : best;
        }
        return best;
    }
}
