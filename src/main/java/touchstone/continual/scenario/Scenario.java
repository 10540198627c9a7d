package touchstone.continual.scenario;

import java.util.ArrayList;
import java.util.List;
import touchstone.continual.Labelled;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Tasks in order.
 *
 * @param kind what is known when, in the terms of van de Ven et al.
 * @param description in words, with every option
 * @param phases the tasks
 */
@Reference("vandeven2022three")
public record Scenario(Kind kind, String description, List<Phase> phases) {
    public Scenario {
        Check.nonEmpty(phases.size(), "phases");
        phases = List.copyOf(phases);
        for (int k = 0; k < phases.size(); k++) {
            Check.nonEmpty(phases.get(k).train().size(), "training examples of task " + k);
        }
    }

    /** What changes between tasks and what a learner is told at test time. */
    public enum Kind {
        /** New classes in each task; at test time the task is known, and only its classes compete. */
        TASK_INCREMENTAL,
        /** The same classes with other inputs; the task is not known. */
        DOMAIN_INCREMENTAL,
        /** New classes in each task; all classes compete. */
        CLASS_INCREMENTAL,
        /** Classes come back, or come mixed; all classes compete. */
        TASK_FREE
    }

    /** Number of tasks. */
    public int tasks() {
        return phases.size();
    }

    /** Number of training examples of all tasks. */
    public int trainingExamples() {
        return phases.stream().mapToInt(p -> p.train().size()).sum();
    }

    /** One more than the largest label. */
    public int classes() {
        int most = 0;
        for (Phase phase : phases) {
            for (Labelled part : List.of(phase.train(), phase.test())) {
                for (int c : part.classes()) {
                    most = Math.max(most, c + 1);
                }
            }
        }
        return most;
    }

    /** The upper bound: each task brings the training examples of all tasks up to it. */
    public Scenario joint(Backend backend) {
        var joint = new ArrayList<Phase>();
        for (int k = 0; k < phases.size(); k++) {
            List<Labelled> parts =
                    phases.subList(0, k + 1).stream().map(Phase::train).toList();
            joint.add(new Phase(union(backend, parts), phases.get(k).test()));
        }
        return new Scenario(kind, description + ", jointly", joint);
    }

    private static Labelled union(Backend backend, List<Labelled> parts) {
        int n = parts.stream().mapToInt(Labelled::size).sum();
        Tensor x = backend.zeros(n, parts.get(0).x().columns());
        var labels = new int[n];
        int at = 0;
        for (Labelled part : parts) {
            if (part.size() > 0) {
                backend.add(1, part.x(), x.block(at, part.size(), 0, x.columns()));
                System.arraycopy(part.labels(), 0, labels, at, part.size());
                at += part.size();
            }
        }
        return new Labelled(x, labels);
    }

    /** A number of all examples, which tells scenarios of equal descriptions and other data apart. */
    long fingerprint() {
        long hash = 1;
        for (Phase phase : phases) {
            for (Labelled part : List.of(phase.train(), phase.test())) {
                for (int i = 0; i < part.size(); i++) {
                    hash = 31 * hash + part.label(i);
                    for (int j = 0; j < part.x().columns(); j++) {
                        hash = 31 * hash + Double.doubleToLongBits(part.x().get(i, j));
                    }
                }
            }
        }
        return hash;
    }

    @Override
    public String toString() {
        return description + ": " + tasks() + " tasks, " + trainingExamples() + " training examples";
    }
}
