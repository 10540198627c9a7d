package touchstone.ood.guardian;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A ward in small: a grid of 10 x 10 states, treatments that move one step up, down, left or right (and with a chance of
 * {@code slip} in a direction drawn at random), from the corner (0, 0) to the goal (0, 9), which gives 1 a step for ever.
 *
 * <p>The straight way leads through a zone that harms: rows 0 and 1, columns 3 to 6, reward -1 and cost 1 a step. Clinicians
 * know it: they go down to row 3, 4 or 5, equally often, across, and up again; with a chance of {@code whim} they treat at
 * random. On row 3 the states of columns 4 and 5 cost 1 though their reward shows nothing of it. So recorded data cover a
 * way around, part of which is unsafe, and say next to nothing of the zone.
 *
 * @param slip chance of a random direction, in [0, 1]
 * @param whim chance of a random treatment, in [0, 1]
 * @param discount in (0, 1)
 */
@Reference("yan2025offline")
public record ClinicGrid(double slip, double whim, double discount) {
    /** Rows, and columns. */
    public static final int SIDE = 10;
    /** The state in which an episode ends. */
    public static final int GOAL = SIDE - 1;

    static final int ACTIONS = 4;
    private static final int[][] MOVES = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    private static final int UP = 0;
    private static final int DOWN = 1;
    private static final int RIGHT = 3;

    public ClinicGrid {
        Check.probability(slip, "slip");
        Check.probability(whim, "whim");
        Check.insideUnit(discount, "discount");
    }

    /** Slip 0.1, whim 0.2, discount 0.95. */
    public static ClinicGrid defaults() {
        return new ClinicGrid(0.1, 0.2, 0.95);
    }

    /** The number of states; state {@code 10 row + column}. */
    public static int states() {
        return SIDE * SIDE;
    }

    /** Where a move of an action leads, walls stop it. */
    static int moved(int state, int action) {
        int row = Math.min(SIDE - 1, Math.max(0, state / SIDE + MOVES[action][0]));
        int column = Math.min(SIDE - 1, Math.max(0, state % SIDE + MOVES[action][1]));
        return row * SIDE + column;
    }

    /** Row, column, and the move of the action down and to the right: what a guardian looks at. */
    public static double[] features(int state, int action) {
        int row = state / SIDE;
        int column = state % SIDE;
        return new double[] {row, column, MOVES[action][0], MOVES[action][1]};
    }

    /** The process as it is. */
    public Mdp truth() {
        var transitions = new double[states()][ACTIONS][states()];
        var rewards = new double[states()][ACTIONS];
        for (int s = 0; s < states(); s++) {
            for (int a = 0; a < ACTIONS; a++) {
                rewards[s][a] = reward(s);
                transitions[s][a][s == GOAL ? GOAL : moved(s, a)] += 1 - slip;
                for (int b = 0; b < ACTIONS; b++) {
                    transitions[s][a][s == GOAL ? GOAL : moved(s, b)] += slip / ACTIONS;
                }
            }
        }
        return Mdp.of(transitions, rewards, discount, 0);
    }

    /** The reward of any action in a state. */
    static double reward(int state) {
        return state == GOAL ? 1 : harms(state) ? -1 : 0;
    }

    /** The safety cost of a state, 0 or 1. */
    public static double cost(int state) {
        boolean unsafe = state / SIDE == 3 && (state % SIDE == 4 || state % SIDE == 5);
        return harms(state) || unsafe ? 1 : 0;
    }

    private static boolean harms(int state) {
        int column = state % SIDE;
        return state / SIDE <= 1 && column >= 3 && column <= 6;
    }

    /** What clinicians do, [s][a]. */
    public double[][] behaviour() {
        var policy = new double[states()][ACTIONS];
        for (int s = 0; s < states(); s++) {
            int row = s / SIDE;
            int column = s % SIDE;
            double across = column == 0 ? new double[] {0, 0, 0, 1 / 3.0, 1 / 2.0}[Math.min(row, 4)] : row < 3 ? 0 : 1;
            if (column == 0 && row > 4) {
                across = 1;
            }
            policy[s][RIGHT] += (1 - whim) * (column == SIDE - 1 ? 0 : across);
            policy[s][column == SIDE - 1 ? UP : DOWN] += (1 - whim) * (column == SIDE - 1 ? 1 : 1 - across);
            for (int a = 0; a < ACTIONS; a++) {
                policy[s][a] += whim / ACTIONS;
            }
        }
        return policy;
    }
}
