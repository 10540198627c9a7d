package touchstone.continual.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.continual.Labelled;
import touchstone.continual.scenario.Scenario.Kind;
import touchstone.continual.scenario.Traits.Boundaries;
import touchstone.continual.scenario.Traits.Passes;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Labelled data to make scenarios from; equal seeds give equal scenarios.
 *
 * @param backend of the tensors
 * @param train examples to learn from
 * @param test examples to be judged by, of as many columns
 */
public record Source(Backend backend, Labelled train, Labelled test) {
    public Source {
        Check.nonEmpty(train.size(), "train");
        test.x().demandColumns(train.x().columns(), "test");
    }

    /** A source from rows [n, d] and labels [n]. */
    public static Source of(Backend backend, double[][] train, int[] labels, double[][] test, int[] testLabels) {
        return new Source(backend, labelled(backend, train, labels), labelled(backend, test, testLabels));
    }

    private static Labelled labelled(Backend backend, double[][] rows, int[] labels) {
        Tensor x = backend.zeros(rows.length, rows.length == 0 ? 0 : rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            Check.sameLength(rows[i].length, "rows[" + i + "]", x.columns(), "rows[0]");
            for (int j = 0; j < rows[i].length; j++) {
                x.set(i, j, Check.finite(rows[i][j], "rows[" + i + "][" + j + "]"));
            }
        }
        return new Labelled(x, labels);
    }

    private Labelled select(Labelled from, int[] rows) {
        Tensor x = backend.zeros(rows.length, from.x().columns());
        backend.selectRows(from.x(), rows, x);
        return new Labelled(x, Arrays.stream(rows).map(from::label).toArray());
    }

    private static int[] where(Labelled data, IntPredicate wanted) {
        return IntStream.range(0, data.size())
                .filter(i -> wanted.test(data.label(i)))
                .toArray();
    }

    private Phase ofClasses(int[] classes) {
        IntPredicate wanted = c -> Arrays.stream(classes).anyMatch(k -> k == c);
        int[] rows = where(train, wanted);
        if (rows.length == 0) {
            throw new IllegalArgumentException("classes of a task must occur in the training data, whose classes are "
                    + Arrays.toString(train.classes()) + "; were " + Arrays.toString(classes));
        }
        return new Phase(select(train, rows), select(test, where(test, wanted)));
    }

    /** The classes in rising order, so many a task; the last task may have fewer. */
    private int[][] groups(int perTask) {
        Check.atLeast(perTask, 1, "perTask");
        int[] classes = train.classes();
        return IntStream.range(0, (classes.length + perTask - 1) / perTask)
                .mapToObj(k -> Arrays.copyOfRange(classes, k * perTask, Math.min(classes.length, (k + 1) * perTask)))
                .toArray(int[][]::new);
    }

    /** New classes in each task, so many a task in rising order. */
    public Scenario classIncremental(int perTask) {
        return new Scenario(
                Kind.CLASS_INCREMENTAL,
                "class-incremental, " + perTask + " classes a task",
                Arrays.stream(groups(perTask)).map(this::ofClasses).toList());
    }

    /** As {@link #classIncremental}, with the task known at test time. */
    public Scenario taskIncremental(int perTask) {
        return new Scenario(
                Kind.TASK_INCREMENTAL,
                "task-incremental, " + perTask + " classes a task",
                Arrays.stream(groups(perTask)).map(this::ofClasses).toList());
    }

    /** As {@link #classIncremental}, meant for a single pass: a stream of classes. */
    public Scenario online(int perTask) {
        Scenario many = classIncremental(perTask);
        return new Scenario(
                many.kind(),
                "online, " + perTask + " classes a task",
                many.phases(),
                many.traits().withPasses(Passes.ONE));
    }

    /**
     * The same data in each task with columns in another order; the first task has them as they are.
     *
     * @param share of the columns that are permuted in later tasks, in [0, 1]
     */
    public Scenario permuted(int tasks, double share, long seed) {
        Check.atLeast(tasks, 1, "tasks");
        Check.probability(share, "share");
        var phases = new ArrayList<Phase>();
        for (int k = 0; k < tasks; k++) {
            int[] columns = columns(k == 0 ? 0 : share, Seeds.rng(seed, "permuted", k));
            phases.add(new Phase(reordered(train, columns), reordered(test, columns)));
        }
        return new Scenario(Kind.DOMAIN_INCREMENTAL, "columns permuted, share " + share + ", seed " + seed, phases);
    }

    private int[] columns(double share, RandomGenerator random) {
        int d = train.x().columns();
        int[] columns = IntStream.range(0, d).toArray();
        int[] chosen = Arrays.copyOf(Seeds.permutation(d, random), (int) Math.round(share * d));
        int[] order = Seeds.permutation(chosen.length, random);
        for (int i = 0; i < chosen.length; i++) {
            columns[chosen[i]] = chosen[order[i]];
        }
        return columns;
    }

    private Labelled reordered(Labelled data, int[] columns) {
        Tensor x = backend.zeros(data.size(), columns.length);
        for (int i = 0; i < data.size(); i++) {
            for (int j = 0; j < columns.length; j++) {
                x.set(i, j, data.x().get(i, columns[j]));
            }
        }
        return new Labelled(x, data.labels());
    }

    /**
     * Class-incremental with blurry boundaries: a share of each task's training examples is dealt out to all tasks at random.
     *
     * @param blur that share, in [0, 1]; 0 is {@link #classIncremental}
     */
    public Scenario blurry(int perTask, double blur, long seed) {
        Check.probability(blur, "blur");
        int[][] groups = groups(perTask);
        RandomGenerator random = Seeds.rng(seed, "blurry");
        List<List<Integer>> dealt = IntStream.range(0, groups.length)
                .mapToObj(k -> (List<Integer>) new ArrayList<Integer>())
                .toList();
        for (int k = 0; k < groups.length; k++) {
            int[] classes = groups[k];
            for (int row : where(train, c -> Arrays.stream(classes).anyMatch(g -> g == c))) {
                boolean moves = random.nextDouble() < blur;
                dealt.get(moves ? random.nextInt(groups.length) : k).add(row);
            }
        }
        var phases = new ArrayList<Phase>();
        for (int k = 0; k < groups.length; k++) {
            int[] rows = dealt.get(k).stream().mapToInt(r -> r).toArray();
            phases.add(new Phase(select(train, rows), ofClasses(groups[k]).test()));
        }
        return new Scenario(
                Kind.TASK_FREE,
                "blurry, " + perTask + " classes a task, blur " + blur + ", seed " + seed,
                phases,
                Traits.of(Kind.TASK_FREE)
                        .withBoundaries(blur > 0 ? Boundaries.BLURRY : Boundaries.KNOWN)
                        .withRecurring(blur > 0));
    }

    /**
     * A long sequence of tasks of few classes each, drawn at random, so that classes come back (SCoLe). Every task is judged by
     * the whole test set.
     *
     * @param tasks number of tasks
     * @param perTask different classes a task, at most as many as there are
     * @param examples training examples a task, drawn without replacement from its classes; all when there are fewer
     */
    @Reference("lesort2022challenging")
    public Scenario recurring(int tasks, int perTask, int examples, long seed) {
        Check.atLeast(tasks, 1, "tasks");
        Check.atLeast(examples, 1, "examples");
        int[] classes = train.classes();
        Check.index(Check.atLeast(perTask, 1, "perTask"), classes.length + 1, "perTask");
        var phases = new ArrayList<Phase>();
        for (int k = 0; k < tasks; k++) {
            RandomGenerator random = Seeds.rng(seed, "recurring", k);
            int[] order = Seeds.permutation(classes.length, random);
            int[] drawn = Arrays.stream(order, 0, perTask).map(c -> classes[c]).toArray();
            int[] rows = where(train, c -> Arrays.stream(drawn).anyMatch(g -> g == c));
            int[] places = Seeds.permutation(rows.length, random);
            int[] some = Arrays.stream(places, 0, Math.min(examples, rows.length))
                    .map(p -> rows[p])
                    .toArray();
            phases.add(new Phase(select(train, some), test));
        }
        return new Scenario(
                Kind.TASK_FREE,
                "recurring, " + perTask + " classes and " + examples + " examples a task, seed " + seed,
                phases,
                Traits.of(Kind.TASK_FREE).withRecurring(true));
    }

    /**
     * A stream without boundaries: examples in random order while the inputs drift from the first column order to another; task
     * k of T takes each column from its new place with probability k / (T - 1).
     */
    public Scenario drifting(int tasks, long seed) {
        Check.atLeast(tasks, 2, "tasks");
        int d = train.x().columns();
        int[] target = Seeds.permutation(d, Seeds.rng(seed, "drift target"));
        double[] moment = Seeds.rng(seed, "drift moments").doubles(d).toArray();
        int[] order = Seeds.permutation(train.size(), Seeds.rng(seed, "drift order"));
        var phases = new ArrayList<Phase>();
        for (int k = 0; k < tasks; k++) {
            double now = (double) k / (tasks - 1);
            int[] columns = IntStream.range(0, d)
                    .map(j -> moment[j] < now ? target[j] : j)
                    .toArray();
            int[] rows = Arrays.copyOfRange(
                    order, (int) ((long) k * order.length / tasks), (int) ((k + 1L) * order.length / tasks));
            phases.add(new Phase(reordered(select(train, rows), columns), reordered(test, columns)));
        }
        return new Scenario(
                Kind.DOMAIN_INCREMENTAL,
                "drifting columns, seed " + seed,
                phases,
                Traits.of(Kind.DOMAIN_INCREMENTAL)
                        .withBoundaries(Boundaries.NONE)
                        .withPasses(Passes.ONE));
    }
}
