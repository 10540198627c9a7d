package touchstone.continual.strategy;

import java.util.Arrays;
import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;

/** A learner that holds parameters near where the last task left them, the more the more important they are. */
final class Anchored implements Strategy.Learner {
    /** What tells how important parameters are; sees every step, and is asked at the end of each task. */
    interface Source {
        /** Before a task, with the parameters it starts from. */
        default void begin(double[] theta) {}

        /** After a step: the gradient of the loss without the penalty, and the parameters before and after. */
        default void stepped(double[] gradient, double[] before, double[] after) {}

        /** Whether {@link #stepped} wants to be called. */
        default boolean watches() {
            return false;
        }

        /** Importances after a task, given those before it (zeros at first), [parameters]. */
        double[] after(Labelled task, double[] previous, double[] theta);
    }

    private final Descent descent;
    private final double strength;
    private final Anchor anchor;
    private final Source source;
    private double[] importance;
    private double[] reference = new double[0];

    Anchored(Descent descent, double strength, Anchor anchor, Source source) {
        this.descent = descent;
        this.strength = strength;
        this.anchor = anchor;
        this.source = source;
        this.importance = new double[descent.size()];
    }

    @Override
    public void begin(Labelled task) {
        source.begin(descent.values());
    }

    @Override
    public double step(Labelled task, int[] rows) {
        descent.clear();
        double loss = descent.crossEntropy(task, rows);
        boolean anchored = reference.length > 0;
        double[] before = anchored || source.watches() ? descent.values() : reference;
        double[] gradient = source.watches() ? descent.gradients() : reference;
        if (anchored) {
            loss += Anchor.penalty(strength, importance, reference, before);
        }
        if (anchored && anchor == Anchor.EXPLICIT) {
            descent.setGradients(Anchor.gradient(strength, importance, reference, before, descent.gradients()));
        }
        descent.step();
        if (anchored && anchor == Anchor.PROXIMAL) {
            descent.setValues(Anchor.pulled(descent.rate() * strength, importance, reference, descent.values()));
        }
        if (source.watches()) {
            source.stepped(gradient, before, descent.values());
        }
        return loss;
    }

    @Override
    public void end(Labelled task) {
        reference = descent.values();
        importance = source.after(task, importance, reference);
    }

    /** The importances in use, [parameters]. */
    double[] importance() {
        return Arrays.copyOf(importance, importance.length);
    }

    /** Takes importances as those of the tasks so far. */
    void assume(double[] importances) {
        importance = importances.clone();
    }

    @Override
    public void persist(Archive archive) {
        descent.persist(archive);
        importance = archive.keep("importance", importance);
        reference = archive.keep("reference", reference);
    }

    @Override
    public Tensor logits(Tensor x) {
        return descent.logits(x);
    }

    @Override
    public long stored() {
        return reference.length == 0 ? 0 : (long) importance.length + reference.length;
    }
}
