package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Gradient episodic memory: the step may raise the loss of no earlier task. With G the gradients of the earlier tasks' kept
 * examples, the gradient g becomes {@code g + G' v} where v minimises {@code v' (G G' + ridge I) v / 2 + (G g)' v} subject to
 * {@code v >= margin}; g stays as it is when it agrees with all of them.
 *
 * @param perTask examples kept of each task, 1 or more
 * @param margin least value of v, 0 or more; above 0 favours earlier tasks
 * @param ridge keeps the problem strictly convex, above 0
 */
@Reference("lopezpaz2017gradient")
public record Gem(int perTask, double margin, double ridge) implements Strategy {
    private static final int SWEEPS = 100_000;

    public Gem {
        Check.atLeast(perTask, 1, "perTask");
        Check.notNegative(margin, "margin");
        Check.positive(ridge, "ridge");
    }

    /** 40 examples a task, margin 0.5, ridge 0.001. */
    public static Gem defaults() {
        return new Gem(40, 0.5, 1e-3);
    }

    public Gem withPerTask(int n) {
        return new Gem(n, margin, ridge);
    }

    public Gem withMargin(double m) {
        return new Gem(perTask, m, ridge);
    }

    /** The minimiser v of the class comment, by coordinate descent to the last bit that moves. */
    double[] dual(double[] g, List<double[]> memory) {
        int k = memory.size();
        var a = new double[k][k];
        var b = new double[k];
        for (int i = 0; i < k; i++) {
            b[i] = Gradients.dot(memory.get(i), g);
            for (int j = 0; j < k; j++) {
                a[i][j] = Gradients.dot(memory.get(i), memory.get(j)) + (i == j ? ridge : 0);
            }
        }
        var v = new double[k];
        Arrays.fill(v, margin);
        boolean moved = true;
        for (int sweep = 0; moved && sweep < SWEEPS; sweep++) {
            moved = false;
            for (int i = 0; i < k; i++) {
                double next = Math.max(margin, v[i] - (Gradients.dot(a[i], v) + b[i]) / a[i][i]);
                moved |= Math.abs(next - v[i]) > 1e-14 * Math.max(1, Math.abs(next));
                v[i] = next;
            }
        }
        return v;
    }

    /** The gradient that agrees with the memory's. */
    double[] projected(double[] g, List<double[]> memory) {
        if (memory.stream().allMatch(m -> Gradients.dot(m, g) >= 0)) {
            return g.clone();
        }
        double[] v = dual(g, memory);
        var out = g.clone();
        for (int k = 0; k < v.length; k++) {
            for (int i = 0; i < out.length; i++) {
                out[i] += v[k] * memory.get(k)[i];
            }
        }
        return out;
    }

    @Override
    public Learner start(Descent descent) {
        return new Constrained(descent);
    }

    private final class Constrained implements Learner {
        private final Descent descent;
        private final List<Rehearsal> earlier = new ArrayList<>();
        private Rehearsal current;

        Constrained(Descent descent) {
            this.descent = descent;
            this.current = fresh();
        }

        private Rehearsal fresh() {
            return new Rehearsal(descent, Memory.of(MemoryPolicy.RESERVOIR, perTask, descent.seed() + earlier.size()));
        }

        @Override
        public void begin(Labelled task) {
            current.begin(task);
        }

        @Override
        public double step(Labelled task, int[] rows) {
            var gradients = new ArrayList<double[]>();
            for (Rehearsal each : earlier) {
                descent.clear();
                each.crossEntropy(each.memory().all());
                gradients.add(descent.gradients());
            }
            descent.clear();
            double loss = descent.crossEntropy(task, rows);
            if (!gradients.isEmpty()) {
                descent.setGradients(projected(descent.gradients(), gradients));
            }
            descent.step();
            current.offerOnce(task, rows, new double[0][]);
            return loss;
        }

        @Override
        public void end(Labelled task) {
            if (!current.memory().isEmpty()) {
                earlier.add(current);
            }
            current = fresh();
        }

        @Override
        public void persist(Archive archive) {
            descent.persist(archive);
            int tasks = archive.keep("earlier tasks", earlier.size());
            earlier.subList(Math.min(tasks, earlier.size()), earlier.size()).clear();
            while (earlier.size() < tasks) {
                earlier.add(fresh());
            }
            earlier.forEach(each -> each.memory().persist(archive));
            current = fresh();
        }

        @Override
        public Tensor logits(Tensor x) {
            return descent.logits(x);
        }

        @Override
        public long stored() {
            return earlier.stream().mapToLong(r -> r.memory().stored()).sum()
                    + current.memory().stored();
        }
    }
}
