package touchstone.continual.perceptron;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Mean-field theory of a perceptron of binary weights that learns from a teacher, in the limit of many weights d with
 * {@code alpha d} random examples a task, replica symmetric and at temperature zero: the student is drawn from all weights that
 * make no mistake.
 *
 * <p>One task, with q the overlap of two students, which equals that with the teacher:
 *
 * <pre>
 * q = E tanh(h + sqrt(h) z)    h = 2 alpha E Phi(x) (phi(x) / Phi(x))^2 / (1 - q)    x = z sqrt(q / (1 - q))    z normal
 * </pre>
 *
 * <p>Two tasks, the Franz-Parisi potential: the student of the second task is drawn with probability proportional to
 * {@code exp(coupling w . reference)} from all weights that make no mistake on it, where the reference is a student of the first.
 * The weights' field is then {@code coupling w_ref + a w_2 + sqrt(b) z}, with w_2 the second teacher's weight and
 *
 * <pre>
 * b = 2 alpha E Phi(r z) g^2    a = 2 alpha E phi(r z) g / sqrt(1 - R^2 / q)    g = phi(x) / (Phi(x) sqrt(1 - q))    r = R / sqrt(q - R^2)
 * </pre>
 *
 * for R the overlap with the second teacher.
 *
 * <p>Differs from the paper: zero temperature alone.
 */
@Reference({"li2023statistical", "gyorgyi1990first", "sompolinsky1990learning"})
public final class FranzParisi {
    private static final Grid GRID = Grid.of(160);
    private static final int MOST = 100_000;
    private static final double SETTLED = 1e-12;

    private FranzParisi() {}

    /**
     * What a student of one task is like, on the branch that is reached from knowing nothing.
     *
     * @param alpha examples a weight
     * @param overlap with the teacher, in [0, 1]; 1 once that branch has ended
     * @param field the mean field h on a weight, infinite at overlap 1
     * @param entropy logarithm of the number of students without a mistake, a weight, in nats; below 0 the branch is metastable
     *     and the teacher alone is left
     */
    public record OneTask(double alpha, double overlap, double field, double entropy) {
        /** Generalisation error of one student drawn at random, in [0, 0.5]. */
        public double gibbsError() {
            return Grid.disagreement(overlap);
        }

        /** Generalisation error of the mean weights, in [0, 0.5]. */
        public double bayesError() {
            return Grid.disagreement(Math.sqrt(overlap));
        }

        /** Error of a student in equilibrium: 0 where the entropy of this branch is below 0. */
        public double equilibriumError() {
            return entropy < 0 ? 0 : gibbsError();
        }
    }

    /**
     * What a student of the second task is like.
     *
     * @param overlap of two students, in [0, 1]
     * @param first overlap with the first teacher
     * @param second overlap with the second teacher
     * @param reference overlap with the student of the first task
     * @param potential logarithm of the weighted number of students without a mistake on the second task, a weight, in nats
     */
    public record TwoTasks(double overlap, double first, double second, double reference, double potential) {
        /** Error of one student on the first task. */
        public double oldError() {
            return Grid.disagreement(first);
        }

        /** Error of one student on the second task. */
        public double newError() {
            return Grid.disagreement(second);
        }

        /** Mean of both errors. */
        public double meanError() {
            return (oldError() + newError()) / 2;
        }
    }

    /** One task of alpha examples a weight, above 0. */
    public static OneTask first(double alpha) {
        Check.positive(alpha, "alpha");
        State s = solve(alpha, Beliefs.none());
        return s.q >= 1
                ? new OneTask(alpha, 1, Double.POSITIVE_INFINITY, 0)
                : new OneTask(alpha, s.q, s.a, s.potential);
    }

    /** The load at which the entropy of the first branch vanishes: from there on the teacher alone is left. */
    public static double transition() {
        double low = 1;
        double high = 1.4;
        while (high - low > 1e-9) {
            double middle = (low + high) / 2;
            if (first(middle).entropy > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * A second task after a first.
     *
     * @param one what was learned of the first task
     * @param alpha examples a weight of the second task, above 0
     * @param teachers overlap of the two teachers, in [-1, 1]
     * @param coupling to the reference, 0 or more; 0 forgets it
     */
    public static TwoTasks second(OneTask one, double alpha, double teachers, double coupling) {
        Check.positive(alpha, "alpha");
        Check.notNegative(coupling, "coupling");
        demandOverlap(teachers);
        State s = solve(alpha, Beliefs.reference(one.overlap, coupling, teachers));
        return new TwoTasks(s.q, s.first, s.second, s.reference, s.potential);
    }

    static void demandOverlap(double teachers) {
        if (!(teachers >= -1 && teachers <= 1)) {
            throw new IllegalArgumentException("teachers must overlap by a number in [-1, 1], was " + teachers);
        }
    }

    private static State solve(double alpha, Beliefs beliefs) {
        var state = new State();
        for (int i = 0; i < MOST; i++) {
            double before = state.q;
            double beforeSecond = state.second;
            state.channel(alpha);
            state.weights(beliefs);
            if (state.second > 1 - 1e-9) {
                state.perfect(beliefs);
                return state;
            }
            if (Math.abs(state.q - before) + Math.abs(state.second - beforeSecond) < SETTLED) {
                state.potential += state.q * state.b / 2 - state.b / 2 - state.a * state.second;
                state.potential += state.constraint(alpha);
                return state;
            }
        }
        throw new ArithmeticException("the saddle point did not settle in " + MOST + " steps at alpha " + alpha);
    }

    /** Order parameters and their conjugates. */
    private static final class State {
        private double q = 0.02;
        private double second = 0.01;
        private double first;
        private double reference;
        private double a;
        private double b;
        private double potential;

        /** Cosine of the student's mean with the teacher, kept within what rounding allows. */
        private double slope() {
            return second / Math.sqrt(Math.max(1e-14, q - second * second));
        }

        /** From overlaps to the fields that the examples exert. */
        void channel(double alpha) {
            double scale = Math.sqrt(q / (1 - q));
            double narrow = Math.sqrt(Math.max(1e-14, 1 - second * second / q));
            a = 0;
            b = 0;
            for (int i = 0; i < GRID.points().length; i++) {
                double t = GRID.points()[i];
                double g = VariationalPerceptron.hazard(scale * t) / Math.sqrt(1 - q);
                double w = 2 * alpha * GRID.weights()[i];
                a += w * Grid.density(slope() * t) * g / narrow;
                b += w * Grid.below(slope() * t) * g * g;
            }
        }

        /** From fields to overlaps; leaves the mean of log 2 cosh in the potential. */
        void weights(Beliefs beliefs) {
            q = 0;
            second = 0;
            first = 0;
            reference = 0;
            potential = 0;
            for (int k = 0; k < beliefs.size(); k++) {
                double mean = beliefs.fields()[k] + a * beliefs.teachers()[k];
                for (int i = 0; i < GRID.points().length; i++) {
                    double w = beliefs.weights()[k] * GRID.weights()[i];
                    double field = mean + Math.sqrt(b) * GRID.points()[i];
                    double m = Math.tanh(field);
                    q += w * m * m;
                    second += w * m * beliefs.teachers()[k];
                    first += w * m;
                    reference += w * m * Math.signum(beliefs.fields()[k]);
                    potential += w * (VariationalPerceptron.logCosh(field) + Math.log(2));
                }
            }
            q = Math.min(q, 1 - 1e-14); // strong coupling leaves less than a double can tell from 1
        }

        /** Mean logarithm of the share of students that an example leaves. */
        double constraint(double alpha) {
            double scale = Math.sqrt(q / (1 - q));
            double sum = 0;
            for (int i = 0; i < GRID.points().length; i++) {
                double t = GRID.points()[i];
                sum += GRID.weights()[i] * Grid.below(slope() * t) * VariationalPerceptron.logNormal(scale * t);
            }
            return 2 * alpha * sum;
        }

        /** The student is the second teacher. */
        void perfect(Beliefs beliefs) {
            q = 1;
            second = 1;
            first = 0;
            reference = 0;
            potential = 0;
            for (int k = 0; k < beliefs.size(); k++) {
                first += beliefs.weights()[k] * beliefs.teachers()[k];
                reference += beliefs.weights()[k] * beliefs.teachers()[k] * Math.signum(beliefs.fields()[k]);
                potential += beliefs.weights()[k] * beliefs.teachers()[k] * beliefs.fields()[k];
            }
        }
    }
}
