package touchstone.ood;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of a streaming kNN fit, prepared, in the order in which they were added. */
final class RowBank implements Summary {
    private final Knn options;
    private List<Entry> entries = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(long fingerprint, double[] row, int label) {}

    RowBank(Knn options) {
        this.options = options;
    }

    private static int label(Batch rows, int i) {
        return rows.has().contains(Input.LABELS) ? rows.labelAt(i) : -1;
    }

    @Override
    public void add(Batch rows) {
        double[][] x = Batches.prepared(rows, options.normalise());
        for (int i = 0; i < x.length; i++) {
            entries.add(new Entry(Fingerprints.of(rows.featureRows()[i]), x[i].clone(), label(rows, i)));
        }
    }

    /** Removes, of equal rows, those added last. */
    @Override
    public void remove(Batch rows) {
        Map<Long, Integer> wanted = new HashMap<>();
        for (double[] row : rows.featureRows()) {
            wanted.merge(Fingerprints.of(row), 1, Integer::sum);
        }
        var kept = new ArrayList<Entry>(entries.size());
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            int left = wanted.getOrDefault(entry.fingerprint, 0);
            if (left > 0) {
                wanted.put(entry.fingerprint, left - 1);
            } else {
                kept.add(entry);
            }
        }
        java.util.Collections.reverse(kept);
        entries = kept;
    }

    @Override
    public Scorer scorer() {
        int[] labels = entries.stream().mapToInt(Entry::label).toArray();
        boolean labelled = java.util.stream.IntStream.of(labels).anyMatch(k -> k >= 0);
        double[][] rows = entries.stream().map(Entry::row).toArray(double[][]::new);
        return new KnnScorer(options, rows, labelled ? labels : new int[0]);
    }
}
