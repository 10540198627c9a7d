package touchstone.ood;

import java.util.function.Function;

/** Exact sums of rows by class: the summary of a detector whose fit is means and covariances. */
final class ClassSums implements Summary {
    /** The class of a row that is left out. */
    static final int NONE = -1;

    private final Function<Batch, double[][]> vectors;
    private final Grouping grouping;
    private final Function<ExactMoments, Scorer> scorer;
    private final ExactMoments moments;

    /** To which class a row of a batch belongs, or {@link #NONE}. */
    @FunctionalInterface
    interface Grouping {
        int of(Batch rows, int i);
    }

    private ClassSums(
            ExactMoments moments,
            Function<Batch, double[][]> vectors,
            Grouping grouping,
            Function<ExactMoments, Scorer> scorer) {
        this.moments = moments;
        this.vectors = vectors;
        this.grouping = grouping;
        this.scorer = scorer;
    }

    /** Means of vectors of so many columns by class. */
    ClassSums(
            int columns,
            Function<Batch, double[][]> vectors,
            Grouping grouping,
            Function<ExactMoments, Scorer> scorer) {
        this(new ExactMoments(columns, false), vectors, grouping, scorer);
    }

    /** Means and covariances of features; without labels all rows are of class 0. */
    static ClassSums gaussian(Shape shape, boolean normalise, Function<ExactMoments, Scorer> scorer) {
        return new ClassSums(
                new ExactMoments(shape.features(), true),
                rows -> Batches.prepared(rows, normalise),
                ClassSums::label,
                scorer);
    }

    /** The mean of all features. */
    static ClassSums mean(Shape shape, Function<double[], Scorer> scorer) {
        return new ClassSums(shape.features(), Batch::featureRows, (rows, i) -> 0, m -> scorer.apply(m.mean()));
    }

    private static int label(Batch rows, int i) {
        return rows.has().contains(Input.LABELS) ? rows.labelAt(i) : 0;
    }

    @Override
    public void add(Batch rows) {
        change(rows, 1);
    }

    @Override
    public void remove(Batch rows) {
        change(rows, -1);
    }

    private void change(Batch rows, int sign) {
        double[][] x = vectors.apply(rows);
        for (int i = 0; i < x.length; i++) {
            int group = grouping.of(rows, i);
            if (group != NONE) {
                moments.add(x[i], group, sign);
            }
        }
    }

    @Override
    public Scorer scorer() {
        return scorer.apply(moments);
    }
}
