package touchstone.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * A world for detectors of the unknown: some digits, drawn at random, are grouped into classes that look like more than one
 * thing; the others are never seen. Immutable.
 */
public final class SuperClasses {
    private final int[] groupOf;
    private final Digits.Split seen;
    private final Digits unseen;

    private SuperClasses(int[] groupOf, Digits.Split seen, Digits unseen) {
        this.groupOf = groupOf;
        this.seen = seen;
        this.unseen = unseen;
    }

    /**
     * Draws a world. With the same seed the same digits are seen for any way of grouping as many of them.
     *
     * @param digits holding all ten digits
     * @param groups number of classes, 1 or more
     * @param each digits a class, 1 or more; {@code groups * each} is at most 9
     * @param fraction share of the seen digits' rows that is for training, in (0, 1)
     * @param seed of the draw and of the split
     */
    public static SuperClasses draw(Digits digits, int groups, int each, double fraction, long seed) {
        Check.atLeast(groups, 1, "groups");
        Check.atLeast(each, 1, "each");
        int count = groups * each;
        if (count > 9) {
            throw new IllegalArgumentException(
                    "groups * each must leave a digit unseen, at most 9, was " + groups + " * " + each);
        }
        int[] order = Seeds.permutation(10, Seeds.rng(seed, "super-classes"));
        var groupOf = new int[10];
        Arrays.fill(groupOf, -1);
        for (int i = 0; i < count; i++) {
            groupOf[order[i]] = i / each;
        }
        Digits known = digits.only(Arrays.copyOf(order, count));
        return new SuperClasses(groupOf, known.split(fraction, seed), digits.without(Arrays.copyOf(order, count)));
    }

    /** Rows of seen digits to train on. */
    public Digits train() {
        return seen.train();
    }

    /** Other rows of seen digits. */
    public Digits test() {
        return seen.test();
    }

    /** Rows of digits that are never seen. */
    public Digits unseen() {
        return unseen;
    }

    /** The class of each row, [n]: 0 to groups - 1, -1 for a digit that is never seen. */
    public int[] classes(Digits rows) {
        return Arrays.stream(rows.labels()).map(digit -> groupOf[digit]).toArray();
    }

    /** The digits of a class, rising; of class -1, those never seen. */
    public int[] digits(int group) {
        return IntStream.range(0, 10).filter(d -> groupOf[d] == group).toArray();
    }
}
