package touchstone.rlhf.game;

import java.util.ArrayList;
import java.util.Arrays;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A zero-sum game of an attacker, who picks a row to raise the payoff, and a defender, who picks a column to lower
 * it. The payoff is the harm done, higher is worse.
 *
 * @param payoff finite numbers, [attacks, defences]
 */
@Reference({"vonneumann1928theorie", "liu2025chasing"})
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record MatrixGame(double[][] payoff) {
    public MatrixGame {
        Check.nonEmpty(payoff.length, "payoff");
        for (int i = 0; i < payoff.length; i++) {
            Check.nonEmpty(payoff[i].length, "payoff[" + i + "]");
            Check.sameLength(payoff[i].length, "payoff[" + i + "]", payoff[0].length, "payoff[0]");
            Check.allFinite(payoff[i], "payoff[" + i + "]");
        }
        payoff = copy(payoff);
    }

    /** Number of rows. */
    public int attacks() {
        return payoff.length;
    }

    /** Number of columns. */
    public int defences() {
        return payoff[0].length;
    }

    /** Smallest payoff. */
    public double lowest() {
        return Arrays.stream(payoff).flatMapToDouble(Arrays::stream).min().orElseThrow();
    }

    /** Largest payoff less the smallest, 0 or more. */
    public double range() {
        return Arrays.stream(payoff).flatMapToDouble(Arrays::stream).max().orElseThrow() - lowest();
    }

    /** Expected payoff of each attack against a mixed defence [defences]: [attacks]. */
    public double[] attackPayoffs(double[] defender) {
        Check.sameLength(defender.length, "defender", defences(), "defences");
        var u = new double[attacks()];
        for (int i = 0; i < u.length; i++) {
            for (int j = 0; j < defender.length; j++) {
                u[i] += payoff[i][j] * defender[j];
            }
        }
        return u;
    }

    /** Expected payoff of a mixed attack [attacks] against each defence: [defences]. */
    public double[] defencePayoffs(double[] attacker) {
        Check.sameLength(attacker.length, "attacker", attacks(), "attacks");
        var u = new double[defences()];
        for (int i = 0; i < attacker.length; i++) {
            for (int j = 0; j < u.length; j++) {
                u[j] += payoff[i][j] * attacker[i];
            }
        }
        return u;
    }

    /** Expected payoff of two mixed strategies. */
    public double value(double[] attacker, double[] defender) {
        double[] u = attackPayoffs(defender);
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += attacker[i] * u[i];
        }
        return sum;
    }

    /** The most harm any attack does to a mixed defence: what the defender can guarantee. */
    public double worstCase(double[] defender) {
        return Arrays.stream(attackPayoffs(defender)).max().orElseThrow();
    }

    /**
     * What the two could gain by answering each other best, {@code max_i (A q)_i - min_j (p A)_j}: 0 or more, and 0
     * at an equilibrium only. The value of the game lies between the two terms.
     */
    public double exploitability(double[] attacker, double[] defender) {
        double least = Arrays.stream(defencePayoffs(attacker)).min().orElseThrow();
        return worstCase(defender) - least;
    }

    /**
     * An equilibrium in mixed strategies.
     *
     * @param value what the attacker can force and the defender can hold
     * @param attacker [attacks], summing to 1
     * @param defender [defences], summing to 1
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays; copied on the way out
    public record Equilibrium(double value, double[] attacker, double[] defender) {
        @Override
        public double[] attacker() {
            return attacker.clone();
        }

        @Override
        public double[] defender() {
            return defender.clone();
        }
    }

    /** The value and an equilibrium by two linear programs (simplex), exact up to rounding. */
    public Equilibrium equilibrium() {
        double low = lowest();
        var forDefender = new double[attacks()][defences()];
        var forAttacker = new double[defences()][attacks()];
        double scale = Math.max(range(), Double.MIN_NORMAL);
        for (int i = 0; i < attacks(); i++) {
            for (int j = 0; j < defences(); j++) {
                double positive = 1 + (payoff[i][j] - low) / scale; // from 1 to 2, whatever the units
                forDefender[i][j] = positive;
                forAttacker[j][i] = positive;
            }
        }
        double[] x = program(forAttacker, GoalType.MINIMIZE);
        double[] y = program(forDefender, GoalType.MAXIMIZE);
        return new Equilibrium(value(x, y), x, y);
    }

    /** Solves {@code min sum x, A x >= 1} or {@code max sum x, A x <= 1} over x >= 0 and scales x to sum to 1. */
    private static double[] program(double[][] a, GoalType goal) {
        var ones = new double[a[0].length];
        Arrays.fill(ones, 1);
        var constraints = new ArrayList<LinearConstraint>();
        for (double[] row : a) {
            constraints.add(
                    new LinearConstraint(row, goal == GoalType.MINIMIZE ? Relationship.GEQ : Relationship.LEQ, 1));
        }
        PointValuePair best = new SimplexSolver(1e-9)
                .optimize(
                        new LinearObjectiveFunction(ones, 0),
                        new LinearConstraintSet(constraints),
                        goal,
                        new NonNegativeConstraint(true));
        double[] x = Arrays.stream(best.getPoint()).map(v -> Math.max(0, v)).toArray();
        double sum = Arrays.stream(x).sum();
        return Arrays.stream(x).map(v -> v / sum).toArray();
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public double[][] payoff() {
        return copy(payoff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MatrixGame that && Arrays.deepEquals(payoff, that.payoff);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(payoff);
    }

    @Override
    public String toString() {
        return "MatrixGame[" + attacks() + " attacks, " + defences() + " defences]";
    }
}
