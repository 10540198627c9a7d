package touchstone.ood.conformal;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * Class probabilities of examples, with what some methods ask for beside them. Immutable.
 *
 * <p>Example: {@code ClassRows.of(probabilities).withGroups(hospital)}.
 */
public final class ClassRows {
    private final double[][] probabilities;
    private final double[] draws;
    private final int[] groups;

    private ClassRows(double[][] probabilities, double[] draws, int[] groups) {
        this.probabilities = probabilities;
        this.draws = draws;
        this.groups = groups;
    }

    /**
     * Rows without draws, all of one group.
     *
     * @param probabilities one distribution a row, [n, c], each summing to 1 within 1e-4
     */
    public static ClassRows of(double[][] probabilities) {
        var copy = new double[probabilities.length][];
        for (int i = 0; i < copy.length; i++) {
            String name = "probabilities[" + i + "]";
            Check.sameLength(probabilities[i].length, name, probabilities[0].length, "probabilities[0]");
            Check.nonEmpty(probabilities[i].length, name);
            Check.probabilities(probabilities[i], name);
            double sum = Arrays.stream(probabilities[i]).sum();
            if (!(Math.abs(sum - 1) <= 1e-4)) {
                throw new IllegalArgumentException(name + " must sum to 1, summed to " + sum);
            }
            copy[i] = probabilities[i].clone();
        }
        return new ClassRows(copy, new double[0], new int[copy.length]);
    }

    /** With a draw u a row, [n], uniform in [0, 1] and independent of all else: what a randomised score asks for. */
    public ClassRows withDraws(double... u) {
        Check.sameLength(u.length, "draws", size(), "probabilities");
        Check.probabilities(u, "draws");
        return new ClassRows(probabilities, u.clone(), groups);
    }

    /** With the group of each row, [n], 0 or more: the categories within each of which to cover. */
    public ClassRows withGroups(int... g) {
        Check.sameLength(g.length, "groups", size(), "probabilities");
        for (int i = 0; i < g.length; i++) {
            Check.atLeast(g[i], 0, "groups[" + i + "]");
        }
        return new ClassRows(probabilities, draws, g.clone());
    }

    /** Number of rows. */
    public int size() {
        return probabilities.length;
    }

    int classes() {
        return size() == 0 ? 0 : probabilities[0].length;
    }

    int group(int i) {
        return groups[i];
    }

    /** The scores of all classes of each row, [n, c]. */
    double[][] scores(ClassScore score) {
        if (score.randomised() && draws.length != size()) {
            throw new IllegalArgumentException("a randomised score needs a draw a row: give withDraws " + size()
                    + " of them, had " + draws.length);
        }
        var all = new double[size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = score.of(probabilities[i], score.randomised() ? draws[i] : 1);
        }
        return all;
    }
}
