package touchstone.util;

/** Argument checks whose messages name the argument, the demand and the value. NaN fails every one of them. */
public final class Check {
    private Check() {}

    /** Demands a finite number above 0; returns it. */
    public static double positive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be a finite number above 0, was " + value);
        }
        return value;
    }

    /** Demands a finite number; returns it. */
    public static double finite(double value, String name) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number, was " + value);
        }
        return value;
    }

    /** Demands a finite number of 0 or more; returns it. */
    public static double notNegative(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be a finite number of 0 or more, was " + value);
        }
        return value;
    }

    /** Demands a number in the open interval (0, 1), such as a confidence level; returns it. */
    public static double insideUnit(double value, String name) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must lie in (0, 1), was " + value);
        }
        return value;
    }

    /** Demands a probability, a number in [0, 1]; returns it. */
    public static double probability(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must lie in [0, 1], was " + value);
        }
        return value;
    }

    /** Demands that every element be a probability; the message names the first that is not. */
    public static void probabilities(double[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IllegalArgumentException(name + "[" + i + "] must lie in [0, 1], was " + values[i]);
            }
        }
    }

    /** Demands an integer of at least {@code least}; returns it. */
    public static int atLeast(int value, int least, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
        }
        return value;
    }

    /** Demands an integer from {@code least} to {@code most}; returns it. */
    public static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", was " + value);
        }
        return value;
    }

    /** Demands integers of at least {@code least}; names are put together for a failure only. */
    public static void allAtLeast(int[] values, int least, String name) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < least) {
                atLeast(values[i], least, name + "[" + i + "]");
            }
        }
    }

    /** Demands indices in [0, size). */
    public static void allIndices(int[] values, int size, String name) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= size) {
                index(values[i], size, name + "[" + i + "]");
            }
        }
    }

    /** Demands an index in [0, size); returns it. */
    public static int index(int value, int size, String name) {
        if (value < 0 || value >= size) {
            throw new IllegalArgumentException(name + " must lie in [0, " + size + "), was " + value);
        }
        return value;
    }

    /** Demands at least one element. */
    public static void nonEmpty(int length, String name) {
        if (length == 0) {
            throw new IllegalArgumentException(name + " must not be empty, had 0 elements");
        }
    }

    /** Demands two arguments of equal length. */
    public static void sameLength(int a, String nameOfA, int b, String nameOfB) {
        if (a != b) {
            throw new IllegalArgumentException(
                    nameOfA + " and " + nameOfB + " must be of equal length, were " + a + " and " + b);
        }
    }

    /** Demands that no element is NaN (infinities pass); the message counts them and names the first. */
    public static void noNaN(double[] values, String name) {
        int count = 0;
        int first = -1;
        for (int i = values.length - 1; i >= 0; i--) {
            if (Double.isNaN(values[i])) {
                count++;
                first = i;
            }
        }
        if (count > 0) {
            throw new IllegalArgumentException(name + " must hold no NaN, had " + count + " of " + values.length
                    + ", the first at index " + first);
        }
    }

    /** Demands that every element is finite; the message names the first that is not. */
    public static void allFinite(double[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) { // the name is put together for a failure only: this runs over millions
                finite(values[i], name + "[" + i + "]");
            }
        }
    }
}
