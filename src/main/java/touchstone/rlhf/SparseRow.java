package touchstone.rlhf;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A vector of mostly zeros: places in rising order and the values there. Immutable; its arrays stay inside the package. */
final class SparseRow {
    private final int[] index;
    private final double[] value;

    private SparseRow(int[] index, double[] value) {
        this.index = index;
        this.value = value;
    }

    static SparseRow of(SortedMap<Integer, Double> entries) {
        var index = new int[entries.size()];
        var value = new double[entries.size()];
        int i = 0;
        for (Map.Entry<Integer, Double> e : entries.entrySet()) {
            index[i] = e.getKey();
            value[i++] = e.getValue();
        }
        return new SparseRow(index, value);
    }

    static SparseRow of(double[] dense) {
        var entries = new TreeMap<Integer, Double>();
        for (int j = 0; j < dense.length; j++) {
            if (dense[j] != 0) {
                entries.put(j, dense[j]);
            }
        }
        return of(entries);
    }

    SparseRow minus(SparseRow other) {
        var entries = new TreeMap<Integer, Double>();
        for (int i = 0; i < index.length; i++) {
            entries.put(index[i], value[i]);
        }
        for (int i = 0; i < other.index.length; i++) {
            entries.merge(other.index[i], -other.value[i], Double::sum);
        }
        entries.values().removeIf(v -> v == 0);
        return of(entries);
    }

    double dot(double[] w) {
        double sum = 0;
        for (int i = 0; i < index.length; i++) {
            sum += value[i] * w[index[i]];
        }
        return sum;
    }

    /** Adds {@code factor} times this row to {@code target}. */
    void addTo(double[] target, double factor) {
        for (int i = 0; i < index.length; i++) {
            target[index[i]] += factor * value[i];
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(index) + Arrays.toString(value);
    }
}
