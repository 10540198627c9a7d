package touchstone.continual.strategy;

import java.util.Arrays;
import java.util.List;
import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;

/** What learners with a memory share: batches of kept examples, and offering each example of a task once. */
final class Rehearsal {
    private final Descent descent;
    private final Memory memory;
    private boolean[] offered = new boolean[0];

    Rehearsal(Descent descent, Memory memory) {
        this.descent = descent;
        this.memory = memory;
    }

    Memory memory() {
        return memory;
    }

    void begin(Labelled task) {
        offered = new boolean[task.size()];
    }

    /** Offers the rows that have not been offered in this task, with logits [n, classes] or none. */
    void offerOnce(Labelled task, int[] rows, double[][] logits) {
        for (int i = 0; i < rows.length; i++) {
            if (!offered[rows[i]]) {
                offered[rows[i]] = true;
                offer(task, rows[i], logits.length == 0 ? new double[0] : logits[i]);
            }
        }
    }

    /** Offers rows, whether they were before or not. */
    void offer(Labelled task, int[] rows, double[][] logits) {
        for (int i = 0; i < rows.length; i++) {
            offer(task, rows[i], logits[i]);
        }
    }

    private void offer(Labelled task, int row, double[] logits) {
        memory.offer(
                new Memory.Item(task.x().block(row, 1, 0, task.x().columns()).toMatrix()[0], task.label(row), logits));
    }

    /** Inputs of kept examples, [n, d]. */
    Tensor inputs(List<Memory.Item> items) {
        return descent.network().tensor(items.stream().map(Memory.Item::x).toArray(double[][]::new));
    }

    static int[] labels(List<Memory.Item> items) {
        return items.stream().mapToInt(Memory.Item::label).toArray();
    }

    /** Adds the gradient of a loss over kept examples. */
    double accumulate(List<Memory.Item> items, Loss loss) {
        return descent.accumulate(inputs(items), count(items.size()), loss);
    }

    /** Adds the gradient of the mean cross-entropy over kept examples. */
    double crossEntropy(List<Memory.Item> items) {
        return accumulate(items, CrossEntropy.of(labels(items)));
    }

    /** Adds the gradient of one mean cross-entropy over a batch and kept examples together. */
    double crossEntropy(Labelled task, int[] rows, List<Memory.Item> items) {
        if (items.isEmpty()) {
            return descent.crossEntropy(task, rows);
        }
        int n = rows.length;
        Tensor x = descent.backend().zeros(n + items.size(), task.x().columns());
        descent.backend().selectRows(task.x(), rows, x.head(n));
        descent.backend().add(1, inputs(items), x.block(n, items.size(), 0, x.columns()));
        int[] labels = Arrays.copyOf(Arrays.stream(rows).map(task::label).toArray(), n + items.size());
        System.arraycopy(labels(items), 0, labels, n, items.size());
        return descent.accumulate(x, count(labels.length), CrossEntropy.of(labels));
    }

    static int[] count(int n) {
        var all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
    }
}
