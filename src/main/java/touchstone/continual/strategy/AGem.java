package touchstone.continual.strategy;

import java.util.List;
import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Averaged gradient episodic memory: where the gradient g would raise the mean loss of kept examples, whose gradient is r, its
 * part along r is taken out, {@code g - (g.r / r.r) r}. A gradient r of 0 leaves g as it is.
 *
 * @param capacity examples kept, 0 or more
 * @param draw kept examples that r is taken from at a step, 1 or more
 */
@Reference("chaudhry2019efficient")
public record AGem(int capacity, int draw) implements Strategy {
    public AGem {
        Check.atLeast(capacity, 0, "capacity");
        Check.atLeast(draw, 1, "draw");
    }

    /** 200 examples, 30 a step. */
    public static AGem defaults() {
        return new AGem(200, 30);
    }

    public AGem withCapacity(int c) {
        return new AGem(c, draw);
    }

    /** The projected gradient. */
    static double[] projected(double[] g, double[] r) {
        double along = Gradients.dot(g, r);
        double length = Gradients.dot(r, r);
        if (along >= 0 || length == 0) {
            return g.clone();
        }
        var out = g.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] -= along / length * r[i];
        }
        return out;
    }

    @Override
    public Learner start(Descent descent) {
        return start(descent, Memory.of(MemoryPolicy.RESERVOIR, capacity, descent.seed()));
    }

    Learner start(Descent descent, Memory memory) {
        return new Projecting(descent, new Rehearsal(descent, memory));
    }

    private final class Projecting implements Learner {
        private final Descent descent;
        private final Rehearsal rehearsal;
        private int tasks;

        Projecting(Descent descent, Rehearsal rehearsal) {
            this.descent = descent;
            this.rehearsal = rehearsal;
        }

        @Override
        public void begin(Labelled task) {
            rehearsal.begin(task);
        }

        @Override
        public double step(Labelled task, int[] rows) {
            double[] reference = new double[0];
            if (tasks > 0 && !rehearsal.memory().isEmpty()) {
                List<Memory.Item> kept = rehearsal.memory().draw(draw);
                descent.clear();
                rehearsal.crossEntropy(kept);
                reference = descent.gradients();
            }
            descent.clear();
            double loss = descent.crossEntropy(task, rows);
            if (reference.length > 0) {
                descent.setGradients(projected(descent.gradients(), reference));
            }
            descent.step();
            rehearsal.offerOnce(task, rows, new double[0][]);
            return loss;
        }

        @Override
        public void end(Labelled task) {
            tasks++;
        }

        @Override
        public void persist(Archive archive) {
            descent.persist(archive);
            rehearsal.memory().persist(archive);
            tasks = archive.keep("tasks", tasks);
        }

        @Override
        public Tensor logits(Tensor x) {
            return descent.logits(x);
        }

        @Override
        public long stored() {
            return rehearsal.memory().stored();
        }
    }
}
