package touchstone.rlhf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

/**
 * Expectation-maximisation for linear rewards of several groups: every person belongs to one group, drawn by a {@link
 * Gate}, and judges pairs by its reward. Never lowers {@code sum_a log sum_k g_k(a) prod_{i of a} sigma(w_k . d_i) -
 * n l2 / 2 sum_k |w_k|^2 - penalty of the gate}.
 */
final class MixtureFit {
    private static final double SETTLED = 1e-9; // on the gain of a step in nats a pair
    private static final int TRIAL = 20; // steps of each start before the best is chosen
    private static final int POLISH = 50; // Newton steps at the end, of which a handful are taken

    private final double[][] rows;
    private final int[] owner;
    private final int people;
    private final int groups;
    private final double l2;

    private MixtureFit(double[][] rows, int[] owner, int people, int groups, double l2) {
        this.rows = rows;
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
    @SuppressWarnings("ArrayRecordComponent") // never leaves the package
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

    /** Where an ascent ended: weights of each group's reward [groups, d], the gate, the objective before each step. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves the package
    record Result(double[][] weights, Gate gate, double[] objectives) {
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
        double[][] rows = Arrays.stream(differences).map(double[]::clone).toArray(double[][]::new);
        return new MixtureFit(rows, owner, places.size(), groups, l2);
    }

    int people() {
        return people;
    }

    /** Place of each pair's person in order of first appearance, [n]. */
    int[] owner() {
        return owner.clone();
    }

    /**
     * The best of several runs from random shares: each goes some steps, and the one furthest up goes on to its end.
     */
    Result best(Gate gate, int steps, int restarts, long seed) {
        Run best = new Run(gate, randomShares(seed, 0));
        best.go(restarts == 1 ? steps : Math.min(steps, TRIAL));
        for (int start = 1; start < restarts; start++) {
            Run next = new Run(gate, randomShares(seed, start));
            next.go(Math.min(steps, TRIAL));
            best = next.objective() > best.objective() ? next : best;
        }
        best.go(steps);
        return best.result();
    }

    /** One ascent: a Newton step for each group's reward a time, and the whole way for the gate. */
    private final class Run {
        private final double[][] r;
        private final GroupReward[] rewards;
        private final List<Double> objectives = new ArrayList<>();
        private Gate gate;
        private boolean settled;

        Run(Gate first, double[][] shares) {
            gate = first;
            r = shares;
            rewards = GroupReward.start(rows, groups, l2);
        }

        double objective() {
            return objectives.get(objectives.size() - 1);
        }

        void go(int steps) {
            while (!settled && objectives.size() < steps) {
                double before = objectives.isEmpty() ? Double.NEGATIVE_INFINITY : objective();
                improve(1);
                objectives.add(expect(rewards, gate, r));
                settled = objective() - before < SETTLED * rows.length;
            }
        }

        private void improve(int newtonSteps) {
            gate = gate.fitted(r);
            for (int k = 0; k < groups; k++) {
                rewards[k].improve(column(r, k), newtonSteps);
            }
        }

        Result result() {
            improve(POLISH);
            return new Result(
                    Arrays.stream(rewards).map(GroupReward::weights).toArray(double[][]::new),
                    gate,
                    objectives.stream().mapToDouble(v -> v).toArray());
        }
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
    private double expect(GroupReward[] rewards, Gate gate, double[][] r) {
        for (int a = 0; a < people; a++) {
            r[a] = gate.logShares(a);
        }
        double sum = -gate.penalty();
        for (int k = 0; k < groups; k++) {
            double[] leads = rewards[k].leads();
            for (int i = 0; i < owner.length; i++) {
                r[owner[i]][k] += Logistic.logSigmoid(leads[i]);
            }
            double[] w = rewards[k].weights();
            sum -= owner.length * l2 / 2 * LinearGate.dot(w, w);
        }
        for (double[] row : r) {
            sum += PreferenceMixture.normalise(row);
        }
        return sum;
    }

    private double[] column(double[][] shares, int k) {
        return Arrays.stream(owner).mapToDouble(a -> shares[a][k]).toArray();
    }
}
