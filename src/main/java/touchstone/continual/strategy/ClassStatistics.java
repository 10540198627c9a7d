package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.util.Archive;

/** Running number, mean and standard deviation of the rows of each class; classes appear as their first row does. */
final class ClassStatistics {
    private final int columns;
    private final List<double[]> means = new ArrayList<>();
    private final List<double[]> squares = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();

    ClassStatistics(int columns) {
        this.columns = columns;
    }

    void add(double[] row, int label) {
        while (counts.size() <= label) {
            means.add(new double[columns]);
            squares.add(new double[columns]);
            counts.add(0);
        }
        int n = counts.get(label) + 1;
        counts.set(label, n);
        double[] mean = means.get(label);
        double[] square = squares.get(label);
        for (int j = 0; j < columns; j++) {
            double gap = row[j] - mean[j];
            mean[j] += gap / n;
            square[j] += gap * (row[j] - mean[j]);
        }
    }

    void persist(Archive archive) {
        int[] kept = archive.keep("counts", counts.stream().mapToInt(n -> n).toArray());
        counts.clear();
        Arrays.stream(kept).forEach(counts::add);
        archive.keepAll("means", means);
        archive.keepAll("squares", squares);
    }

    /** One more than the largest label. */
    int classes() {
        return counts.size();
    }

    int count(int label) {
        return counts.get(label);
    }

    int largestCount() {
        return counts.stream().mapToInt(n -> n).max().orElse(0);
    }

    /** Mean of a class, [columns]; NaN when it has no row. */
    double[] mean(int label) {
        double[] mean = means.get(label).clone();
        if (counts.get(label) == 0) {
            Arrays.fill(mean, Double.NaN);
        }
        return mean;
    }

    /** Standard deviation of a class with n - 1, [columns]; 0 when it has fewer than two rows. */
    double[] deviation(int label) {
        int n = counts.get(label);
        return Arrays.stream(squares.get(label))
                .map(s -> n < 2 ? 0 : Math.sqrt(s / (n - 1)))
                .toArray();
    }
}
