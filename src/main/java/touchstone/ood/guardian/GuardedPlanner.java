package touchstone.ood.guardian;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.ood.Batch;
import touchstone.ood.ChristoffelGuard;
import touchstone.ood.Scorer;
import touchstone.ood.threshold.Threshold;
import touchstone.ood.threshold.ThresholdCalibrator;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Plans a policy from records alone, in a model learned from them, under a constraint.
 *
 * <p>The guardian is a {@link ChristoffelGuard} of state and action, fitted to every second episode, with the conformal
 * threshold of the others; being beyond it costs 1. As in the paper, the expected discounted sum of that cost in the model is
 * bounded, and with {@link Constraint#GUARDIAN_AND_COST} that of the safety cost too. Ours: the tabular process, policy
 * iteration, and multipliers from a ladder of powers of two, the first that keep the bounds; where none does, the largest.
 *
 * @param constraint what the plan must keep
 * @param degree of the guardian's monomials, 1 or more
 * @param rate of recorded steps beyond the guardian's threshold, in (0, 1)
 * @param share least share of an action among those recorded in a state, to count as the clinicians', in [0, 1]
 * @param outside bound of the expected discounted sum of steps beyond the guardian, 0 or more
 * @param cost bound of the expected discounted sum of safety costs, 0 or more
 */
@Reference("yan2025offline")
public record GuardedPlanner(
        Constraint constraint, int degree, double rate, double share, double outside, double cost) {
    private static final int LADDER = 12; // multipliers 0 and 2^-3 to 2^8

    /** What a plan must keep. */
    public enum Constraint {
        /** Nothing. */
        NONE,
        /** In a state of the records, actions that were at least {@link #share} of those taken there; elsewhere any. */
        ACTION_ONLY,
        /** The guardian's bound. */
        GUARDIAN,
        /** The guardian's bound and that of the safety cost. */
        GUARDIAN_AND_COST
    }

    public GuardedPlanner {
        Check.atLeast(degree, 1, "degree");
        Check.insideUnit(rate, "rate");
        Check.probability(share, "share");
        Check.notNegative(outside, "outside");
        Check.notNegative(cost, "cost");
    }

    /** A constraint with degree 4, rate 0.05, share 0.02, bounds 0.5 and 0.1. */
    public static GuardedPlanner of(Constraint constraint) {
        return new GuardedPlanner(constraint, 4, 0.05, 0.02, 0.5, 0.1);
    }

    public GuardedPlanner withShare(double s) {
        return new GuardedPlanner(constraint, degree, rate, s, outside, cost);
    }

    public GuardedPlanner withBounds(double forOutside, double forCost) {
        return new GuardedPlanner(constraint, degree, rate, share, forOutside, forCost);
    }

    /** Plans from records. */
    public Plan plan(Records records, double discount) {
        LearnedModel model = LearnedModel.of(records, discount);
        Mdp process = model.process();
        boolean[][] allowed = allowed(records);
        boolean guarded = constraint == Constraint.GUARDIAN || constraint == Constraint.GUARDIAN_AND_COST;
        double[][] beyond = guarded ? beyond(records) : new double[process.states()][process.actions()];
        List<Double> costLadder = constraint == Constraint.GUARDIAN_AND_COST ? ladder() : List.of(0.0);
        double[][] policy = {};
        for (double forCost : costLadder) {
            for (double forBeyond : guarded ? ladder() : List.of(0.0)) {
                double[][] rewards = penalised(process, beyond, forBeyond, model.costs(), forCost);
                policy = process.withRewards(rewards).best(allowed);
                if (process.withRewards(beyond).value(policy) <= outside) {
                    break;
                }
            }
            if (process.withRewards(model.costs()).value(policy) <= cost) {
                break;
            }
        }
        return new Plan(policy, process.value(policy));
    }

    private static List<Double> ladder() {
        return IntStream.rangeClosed(0, LADDER)
                .mapToObj(i -> i == 0 ? 0 : Math.scalb(1.0, i - 4))
                .toList();
    }

    private static double[][] penalised(
            Mdp process, double[][] beyond, double forBeyond, double[][] costs, double forCost) {
        var out = new double[process.states()][process.actions()];
        for (int s = 0; s < out.length; s++) {
            for (int a = 0; a < out[s].length; a++) {
                out[s][a] = process.reward(s, a) - forBeyond * beyond[s][a] - forCost * costs[s][a];
            }
        }
        return out;
    }

    private boolean[][] allowed(Records records) {
        int[][] counts = records.counts();
        var out = new boolean[counts.length][];
        for (int s = 0; s < out.length; s++) {
            out[s] = new boolean[counts[s].length];
            int total = Arrays.stream(counts[s]).sum();
            for (int a = 0; a < out[s].length; a++) {
                out[s][a] = constraint != Constraint.ACTION_ONLY || counts[s][a] >= share * total;
            }
        }
        return out;
    }

    /** The guardian's score of each state and action over its threshold, [s][a], above 1 beyond it. */
    public double[][] guardian(Records records) {
        Scorer guard = ChristoffelGuard.ofDegree(degree).fit(batch(records, 0));
        Threshold threshold = ThresholdCalibrator.atFalseAlarmRate(rate).fit(guard.score(batch(records, 1)));
        var features = new double[ClinicGrid.states() * ClinicGrid.ACTIONS][];
        Arrays.setAll(features, i -> ClinicGrid.features(i / ClinicGrid.ACTIONS, i % ClinicGrid.ACTIONS));
        double[] scores = guard.score(Batch.of(Nd4j.createFromArray(features)));
        var out = new double[ClinicGrid.states()][ClinicGrid.ACTIONS];
        for (int i = 0; i < scores.length; i++) {
            out[i / ClinicGrid.ACTIONS][i % ClinicGrid.ACTIONS] = scores[i] / threshold.value();
        }
        return out;
    }

    /** 1 beyond the guardian's threshold, 0 within and at the goal, [s][a]. */
    private double[][] beyond(Records records) {
        double[][] out = guardian(records);
        for (int s = 0; s < out.length; s++) {
            for (int a = 0; a < out[s].length; a++) {
                out[s][a] = s != ClinicGrid.GOAL && out[s][a] > 1 ? 1 : 0;
            }
        }
        return out;
    }

    private static Batch batch(Records records, int parity) {
        return Batch.of(Nd4j.createFromArray(records.steps().stream()
                .filter(step -> step.episode() % 2 == parity)
                .map(step -> ClinicGrid.features(step.state(), step.action()))
                .toArray(double[][]::new)));
    }
}
