package touchstone.continual.bandit;

import java.util.Arrays;
import touchstone.util.Check;

/** What an agent did in one life; immutable. Rewards here are the chances of the arms it chose: their mean without the luck. */
public final class BanditRun {
    private final SwitchingBandit.Life life;
    private final int[] chosen;
    private final int[] greedy;
    private final double[] values;

    BanditRun(SwitchingBandit.Life life, int[] chosen, int[] greedy, double[] values) {
        this.life = life;
        this.chosen = chosen;
        this.greedy = greedy;
        this.values = values;
    }

    /** The arm of each step, [steps]. */
    public int[] chosen() {
        return chosen.clone();
    }

    /** The estimates at the end, [arms]. */
    public double[] values() {
        return values.clone();
    }

    /** Mean expected reward over the whole life, in [0, 1]; higher is better. */
    public double reward() {
        return reward(0, life.steps());
    }

    /** Mean expected reward of the steps {@code from .. to - 1}. */
    public double reward(int from, int to) {
        demandSpan(from, to);
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += life.chance(t, chosen[t]);
        }
        return sum / (to - from);
    }

    /** Mean chance of the best arm less that of the arm chosen, in [0, 1); lower is better. */
    public double regret() {
        double sum = 0;
        for (int t = 0; t < chosen.length; t++) {
            sum += life.best(t) - life.chance(t, chosen[t]);
        }
        return sum / chosen.length;
    }

    /** Mean expected reward of so many consecutive blocks of equal length, [blocks]; left-over steps at the end do not count. */
    public double[] curve(int blocks) {
        int length = life.steps() / Check.atLeast(blocks, 1, "blocks");
        Check.atLeast(length, 1, "steps a block");
        var out = new double[blocks];
        Arrays.setAll(out, b -> reward(b * length, (b + 1) * length));
        return out;
    }

    /**
     * How often the greedy arm changed within the steps {@code from .. to - 1}: 0 for an agent that no longer searches there. A
     * finite life can show that an agent still moves, never that it has stopped for good.
     */
    public int changes(int from, int to) {
        demandSpan(from, to);
        int count = 0;
        for (int t = from + 1; t < to; t++) {
            count += greedy[t] == greedy[t - 1] ? 0 : 1;
        }
        return count;
    }

    private void demandSpan(int from, int to) {
        if (from < 0 || from >= to || to > life.steps()) {
            throw new IllegalArgumentException(
                    "from and to must satisfy 0 <= from < to <= " + life.steps() + ", were " + from + " and " + to);
        }
    }
}
