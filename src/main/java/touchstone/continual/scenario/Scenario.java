package touchstone.continual.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
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
 * @param traits where it stands among scenarios
 */
@Reference("vandeven2022three")
public record Scenario(Kind kind, String description, List<Phase> phases, Traits traits) {
    public Scenario {
        Check.nonEmpty(phases.size(), "phases");
        phases = List.copyOf(phases);
        for (int k = 0; k < phases.size(); k++) {
            Check.nonEmpty(phases.get(k).train().size(), "training examples of task " + k);
        }
    }

    /** A scenario with the traits that are plain for its kind. */
    public Scenario(Kind kind, String description, List<Phase> phases) {
        this(kind, description, phases, Traits.of(kind));
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

    /** A row a scenario: its kind, its tasks, training examples and classes, and its traits; "task told" is in tests. */
    public static Table table(Map<String, Scenario> scenarios) {
        Check.nonEmpty(scenarios.size(), "scenarios");
        Collection<Scenario> all = scenarios.values();
        return Table.create(
                "scenarios",
                StringColumn.create("scenario", scenarios.keySet()),
                IntColumn.create("tasks", all.stream().mapToInt(Scenario::tasks)),
                IntColumn.create("examples", all.stream().mapToInt(Scenario::trainingExamples)),
                IntColumn.create("classes", all.stream().mapToInt(Scenario::classes)),
                words("shift", all, Traits::shiftsInWords),
                words("boundaries", all, t -> t.boundaries().name().toLowerCase(Locale.ROOT)),
                words("task told", all, t -> t.taskKnown() ? "yes" : "no"),
                words("recurrence", all, t -> t.recurring() ? "yes" : "no"),
                words("passes", all, t -> t.passes().name().toLowerCase(Locale.ROOT)));
    }

    private static StringColumn words(String name, Collection<Scenario> all, Function<Traits, String> word) {
        return StringColumn.create(name, all.stream().map(Scenario::traits).map(word));
    }

    /** The upper bound: each task brings the training examples of all tasks up to it. */
    public Scenario joint(Backend backend) {
        var joint = new ArrayList<Phase>();
        for (int k = 0; k < phases.size(); k++) {
            List<Labelled> parts =
                    phases.subList(0, k + 1).stream().map(Phase::train).toList();
            joint.add(new Phase(union(backend, parts), phases.get(k).test()));
        }
        return new Scenario(kind, description + ", jointly", joint, traits.withRecurring(tasks() > 1));
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
