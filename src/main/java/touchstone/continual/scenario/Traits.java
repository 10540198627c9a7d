package touchstone.continual.scenario;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import touchstone.continual.scenario.Scenario.Kind;
import touchstone.util.Reference;

/**
 * Where a scenario stands among scenarios: what changes in it, and what a learner is told.
 *
 * @param shifts what changes from task to task, at least one
 * @param boundaries how tasks follow each other
 * @param taskKnown whether the task is known in tests
 * @param recurring whether classes or inputs of earlier tasks come back
 * @param passes what it is meant for; {@link ContinualTrainer#epochs} decides
 */
@Reference({"vandeven2022three", "lesort2022challenging"})
public record Traits(Set<Shift> shifts, Boundaries boundaries, boolean taskKnown, boolean recurring, Passes passes) {
    public Traits {
        if (shifts.isEmpty()) {
            throw new IllegalArgumentException("shifts must hold what changes, had 0 elements");
        }
        shifts = Set.copyOf(EnumSet.copyOf(shifts));
    }

    /** What changes from task to task. */
    public enum Shift {
        /** How inputs of a class look. */
        INPUT,
        /** Which classes come. */
        LABEL,
        /** What is asked: in tests too, only a task's own classes compete. */
        TASK
    }

    /** How tasks follow each other. */
    public enum Boundaries {
        /** At once; the learner is told when. */
        KNOWN,
        /** Examples of other tasks are mixed in. */
        BLURRY,
        /** Bit by bit, or so often that no boundary means anything: learners that use the ends of tasks get more than they should. */
        NONE
    }

    /** How often examples may be seen. */
    public enum Passes {
        /** As often as the trainer likes within a task. */
        ANY,
        /** Once: a stream. */
        ONE
    }

    /** The plain scenario of a kind: known boundaries (none for task-free ones), nothing comes back, any number of passes. */
    public static Traits of(Kind kind) {
        Set<Shift> shifts =
                switch (kind) {
                    case TASK_INCREMENTAL -> EnumSet.of(Shift.LABEL, Shift.TASK);
                    case DOMAIN_INCREMENTAL -> EnumSet.of(Shift.INPUT);
                    case CLASS_INCREMENTAL, TASK_FREE -> EnumSet.of(Shift.LABEL);
                };
        Boundaries boundaries = kind == Kind.TASK_FREE ? Boundaries.NONE : Boundaries.KNOWN;
        return new Traits(shifts, boundaries, kind == Kind.TASK_INCREMENTAL, false, Passes.ANY);
    }

    public Traits withBoundaries(Boundaries b) {
        return new Traits(shifts, b, taskKnown, recurring, passes);
    }

    public Traits withRecurring(boolean r) {
        return new Traits(shifts, boundaries, taskKnown, r, passes);
    }

    public Traits withPasses(Passes p) {
        return new Traits(shifts, boundaries, taskKnown, recurring, p);
    }

    /** What changes, in words, in the order of {@link Shift}. */
    String shiftsInWords() {
        return EnumSet.copyOf(shifts).stream()
                .map(s -> s.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" + "));
    }
}
