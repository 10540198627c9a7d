package touchstone.kernel;

/** What {@code %timeit} compiles user code into. Public only because snippets must reach it. */
public final class Timing {
    /** User code in a loop. */
    @FunctionalInterface
    public interface Loop {
        /** Runs the code {@code n} times; returns the nanoseconds it took. */
        @SuppressWarnings("checkstyle:IllegalThrows")
        long run(long n) throws Throwable;
    }

    private static volatile long one = 1;
    private static volatile long two = 2;
    private static volatile Object here = new Object();
    private static volatile Object there = new Object();

    private Timing() {}

    /** Uses a value, so that the compiler cannot leave out the work that made it. */
    public static void use(long value) {
        if (value == one && value == two) {
            throw new AssertionError("a number equals two others");
        }
    }

    /** Uses a value, so that the compiler cannot leave out the work that made it. */
    public static void use(double value) {
        if (value == one && value == two) {
            throw new AssertionError("a number equals two others");
        }
    }

    /** Uses a value, so that the compiler cannot leave out the work that made it. */
    public static void use(boolean value) {
        use(value ? 3L : 4L);
    }

    /** Uses a value, so that the compiler cannot leave out the work that made it. */
    @SuppressWarnings("ReferenceEquality")
    public static void use(@org.jspecify.annotations.Nullable Object value) {
        if (value == here && value == there) {
            throw new AssertionError("an object is two others");
        }
    }
}
