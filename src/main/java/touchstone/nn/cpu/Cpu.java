package touchstone.nn.cpu;

import touchstone.nn.Algebra;
import touchstone.nn.Backend;
import touchstone.util.Check;

/** The backends of the processor. Both give the same bits for any number of threads. */
public final class Cpu {
    private Cpu() {}

    /** Float, with as many threads as the machine has processors. */
    public static Backend floats() {
        return floats(Runtime.getRuntime().availableProcessors());
    }

    /** Float, with at most so many threads. */
    public static Backend floats(int threads) {
        return new FloatCpu(new Threads(Check.atLeast(threads, 1, "threads")));
    }

    /** Double, with at most so many threads: for checking gradients, several times slower. */
    public static Backend doubles(int threads) {
        return new DoubleCpu(new Threads(Check.atLeast(threads, 1, "threads")));
    }

    /** Algebra with as many threads as the machine has processors. */
    public static Algebra algebra() {
        return algebra(Runtime.getRuntime().availableProcessors());
    }

    /** Algebra with at most so many threads. */
    public static Algebra algebra(int threads) {
        return new CpuAlgebra(new Threads(Check.atLeast(threads, 1, "threads")));
    }
}
