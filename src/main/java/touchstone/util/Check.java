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
}
