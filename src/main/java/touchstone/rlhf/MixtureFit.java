package touchstone.rlhf;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

/**
 * Expectation-maximisation for linear rewards of several groups: every person belongs to one group, drawn by a {@link Gate}, and
 * judges pairs by its reward. Never lowers {@code sum_a log sum_k g_k(a) prod_{i of a} sigma(w_k . d_i) - n l2 / 2 sum_k |w_k|^2 -
 * penalty of the gate}.
 */
final class MixtureFit {
    private static final double SETTLED = 1e-9; // on the gain of a step in nats a pair

    private final List<SparseRow> rows;
    private final int size;
    private final int[] owner;
    private final int people;
    private final int groups;
    private final double l2;

    private MixtureFit(List<SparseRow> rows, int size, int[] owner, int people, int groups, double l2) {
        this.rows = rows;
        this.size = size;
        this.owner = owner;
        this.people = people;
        this.groups = groups;
        this.l2 = l2;
    }

    /** How likely each person belongs to each group before the pairs are seen. */
    interface Gate {
        /** The gate that fits these shares [people, groups] best. */
        Gate fitted(double[][] shares);

        /** Logarithms of the shares, [groups]. */
        double[] logShares(int person);

        /** What the objective charges for the gate, in nats. */
        double penalty();
    }

    /** The same proportions for everybody. */
    record Proportions(double[] shares) implements Gate {
        @Override
        public Gate fitted(double[][] r) {
            return new Proportions(PreferenceMixture.means(r));
        }

        @Override
        public double[] logShares(int person) {
            return Arrays.stream(shares).map(Math::log).toArray();
        }

        @Override
        public double penalty() {
            return 0;
        }
    }

    record Result(double[][] weights, Gate gate, double[] objectives) {
        double last() {
            return objectives[objectives.length - 1];
        }

        /** The groups in falling order of their mean share. */
        int[] order(int people) {
            var shares = new double[weights.length];
            for (int a = 0; a < people; a++) {
                double[] logs = gate.logShares(a);
                for (int k = 0; k < shares.length; k++) {
                    shares[k] += Math.exp(logs[k]) / people;
                }
            }
            return java.util.stream.IntStream.range(0, shares.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(shares[b], shares[a]))
                    .mapToInt(k -> k)
                    .toArray();
        }
    }

    /** Checks pairs [n, d] and their persons, any number for each [n]. */
    static MixtureFit of(double[][] differences, int[] annotators, int groups, double l2) {
        Check.nonEmpty(differences.length, "differences");
        Check.sameLength(differences.length, "differences", annotators.length, "annotators");
        for (int i = 0; i < differences.length; i++) {
            Check.sameLength(differences[i].length, "differences[" + i + "]", differences[0].length, "differences[0]");
            Check.allFinite(differences[i], "differences[" + i + "]");
        }
        var places = new HashMap<Integer, Integer>();
        int[] owner = Arrays.stream(annotators)
                .map(a -> places.computeIfAbsent(a, unused -> places.size()))
                .toArray();
        Check.atLeast(places.size(), groups, "number of annotators");
        List<SparseRow> rows = Arrays.stream(differences).map(SparseRow::of).toList();
        return new MixtureFit(rows, differences[0].length, owner, places.size(), groups, l2);
    }

    int people() {
        return people;
    }

    /** Place of each pair's person in order of first appearance, [n]. */
    int[] owner() {
        return owner.clone();
    }

    /** The best of several runs from random shares. */
    Result best(Gate gate, int steps, int restarts, long seed) {
        Result best = run(gate, steps, randomShares(seed, 0));
        for (int start = 1; start < restarts; start++) {
            Result next = run(gate, steps, randomShares(seed, start));
            best = next.last() > best.last() ? next : best;
        }
        return best;
    }

    private Result run(Gate first, int steps, double[][] r) {
        var objectives = new double[steps];
        var weights = new double[groups][];
        Gate gate = first;
        for (int step = 0; step < steps; step++) {
            gate = gate.fitted(r);
            for (int k = 0; k < groups; k++) {
                weights[k] = new LogisticFit(rows, size, l2, column(r, k)).minimise();
            }
            objectives[step] = expect(weights, gate, r);
            boolean settled = step > 0 && objectives[step] - objectives[step - 1] < SETTLED * rows.size();
            if (settled || step == steps - 1) {
                return new Result(weights, gate, Arrays.copyOf(objectives, step + 1));
            }
        }
        throw new AssertionError("steps is 1 or more");
    }

    private double[][] randomShares(long seed, int start) {
        RandomGenerator rng = Seeds.rng(seed, "mixture", start);
        var r = new double[people][groups];
        for (double[] row : r) {
            Arrays.setAll(row, k -> Math.log(rng.nextExponential()));
            PreferenceMixture.normalise(row);
        }
        return r;
    }

    /** The E step over people; returns the objective. */
    private double expect(double[][] weights, Gate gate, double[][] r) {
        for (int a = 0; a < people; a++) {
            r[a] = gate.logShares(a);
        }
        for (int i = 0; i < owner.length; i++) {
            for (int k = 0; k < groups; k++) {
                r[owner[i]][k] += Logistic.logSigmoid(rows.get(i).dot(weights[k]));
            }
        }
        double sum = -gate.penalty();
        for (double[] row : r) {
            sum += PreferenceMixture.normalise(row);
        }
        for (double[] w : weights) {
            sum -= owner.length * l2 / 2 * LinearGate.dot(w, w);
        }
        return sum;
    }

    private double[] column(double[][] shares, int k) {
        return Arrays.stream(owner).mapToDouble(a -> shares[a][k]).toArray();
    }
}
