package touchstone.rlhf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Bradley-Terry strengths of items from comparisons between them: {@code P(i over j) = sigma(s_i - s_j)}. The likelihood has a
 * finite maximum only when no group of items always wins against the rest; otherwise the items are named.
 *
 * <p>Follows Hunter's MM algorithm; a tie counts half a win for each.
 *
 * @param strengths s in logits, of mean 0, [items]; higher is better
 * @param iterations that the algorithm took
 */
@Reference({"hunter2004mm", "bradley1952rank", "ford1957solution"})
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record ItemRanking(double[] strengths, int iterations) {
    private static final int MOST = 1_000_000;
    private static final double SETTLED = 1e-14; // change of a logarithmic strength in a step

    public ItemRanking {
        strengths = strengths.clone();
    }

    /** The ranking from wins alone; {@code wins[i][j]} says how often i won against j, 0 or more, [items, items]. */
    public static ItemRanking of(double[][] wins) {
        return of(wins, new double[wins.length][wins.length]);
    }

    /**
     * The ranking from wins and ties.
     *
     * @param wins how often the row won against the column, [items, items]
     * @param ties how often row and column tied, symmetric, [items, items]
     */
    public static ItemRanking of(double[][] wins, double[][] ties) {
        double[][] w = merged(wins, ties);
        checkConnected(w);
        int m = w.length;
        double[] s = new double[m];
        for (int iteration = 1; iteration <= MOST; iteration++) {
            double[] next = step(w, s);
            double change = 0;
            for (int i = 0; i < m; i++) {
                change = Math.max(change, Math.abs(next[i] - s[i]));
            }
            s = next;
            if (change < SETTLED) {
                return new ItemRanking(s, iteration);
            }
        }
        throw new IllegalStateException(
                "the ranking did not settle in " + MOST + " steps; some items are barely connected");
    }

    /** Probability that the first item wins. */
    public double probability(int i, int j) {
        Check.index(i, strengths.length, "i");
        Check.index(j, strengths.length, "j");
        return Logistic.sigmoid(strengths[i] - strengths[j]);
    }

    /** Places of the items from the strongest to the weakest, [items]; equal strengths keep their order. */
    public int[] order() {
        double[] weakness = Arrays.stream(strengths).map(s -> -s).toArray();
        return touchstone.util.Sort.order(weakness);
    }

    /** One step: {@code e^s_i = wins_i / sum_j n_ij / (e^s_i + e^s_j)}, centred. */
    private static double[] step(double[][] w, double[] s) {
        int m = s.length;
        var next = new double[m];
        double mean = 0;
        for (int i = 0; i < m; i++) {
            double won = 0;
            double share = 0; // sum_j n_ij e^s_i / (e^s_i + e^s_j)
            for (int j = 0; j < m; j++) {
                won += w[i][j];
                share += (w[i][j] + w[j][i]) * Logistic.sigmoid(s[i] - s[j]);
            }
            next[i] = s[i] + Math.log(won / share);
            mean += next[i] / m;
        }
        for (int i = 0; i < m; i++) {
            next[i] -= mean;
        }
        return next;
    }

    private static double[][] merged(double[][] wins, double[][] ties) {
        int m = Check.atLeast(wins.length, 2, "items");
        Check.sameLength(ties.length, "ties", m, "wins");
        var w = new double[m][m];
        for (int i = 0; i < m; i++) {
            Check.sameLength(wins[i].length, "wins[" + i + "]", m, "wins");
            Check.sameLength(ties[i].length, "ties[" + i + "]", m, "wins");
            for (int j = 0; j < m; j++) {
                String at = "[" + i + "][" + j + "]";
                w[i][j] = Check.notNegative(wins[i][j], "wins" + at) + Check.notNegative(ties[i][j], "ties" + at) / 2;
                if (ties[i][j] != ties[j][i]) {
                    throw new IllegalArgumentException("ties must be symmetric, ties" + at + " was " + ties[i][j]
                            + " but " + ties[j][i] + " the other way");
                }
                if (i == j && w[i][i] != 0) {
                    throw new IllegalArgumentException(
                            "wins" + at + " must be 0: an item does not meet itself, was " + w[i][i]);
                }
            }
        }
        return w;
    }

    private static void checkConnected(double[][] w) {
        List<List<Integer>> islands = islands(w);
        if (islands.size() > 1) {
            throw new IllegalArgumentException("items fall into groups never compared with each other: " + islands
                    + "; rank each group alone or add comparisons between them");
        }
        for (int i = 0; i < w.length; i++) {
            BitSet beaten = reached(w, i, false);
            if (beaten.cardinality() < w.length) {
                throw new IllegalArgumentException(
                        "items " + beaten + " never won against the others, so that their strength"
                                + " has no finite estimate; add comparisons or count half a tie for each pair");
            }
        }
    }

    private static List<List<Integer>> islands(double[][] w) {
        var islands = new ArrayList<List<Integer>>();
        var seen = new BitSet();
        for (int i = seen.nextClearBit(0); i < w.length; i = seen.nextClearBit(0)) {
            BitSet island = reached(w, i, true);
            seen.or(island);
            islands.add(island.stream().boxed().toList());
        }
        return islands;
    }

    /** Items that can be reached from one along wins, or along comparisons of either outcome. */
    private static BitSet reached(double[][] w, int from, boolean eitherWay) {
        var reached = new BitSet();
        var open = new ArrayList<Integer>(List.of(from));
        reached.set(from);
        while (!open.isEmpty()) {
            int i = open.remove(open.size() - 1);
            for (int j = 0; j < w.length; j++) {
                if (!reached.get(j) && (w[i][j] > 0 || (eitherWay && w[j][i] > 0))) {
                    reached.set(j);
                    open.add(j);
                }
            }
        }
        return reached;
    }

    @Override
    public double[] strengths() {
        return strengths.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemRanking that
                && iterations == that.iterations
                && Arrays.equals(strengths, that.strengths);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(strengths);
    }

    @Override
    public String toString() {
        return "ItemRanking[strengths=" + Arrays.toString(strengths) + "]";
    }
}
