package touchstone.nn;

import org.jspecify.annotations.Nullable;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.cuda.Cuda;
import touchstone.nn.cuda.CudaException;

/**
 * The backend that the environment variable {@code TOUCHSTONE_BACKEND} names: {@code cpu}, the default, or {@code cuda}, an NVIDIA card.
 * With {@code nd4j-cuda} only ND4J's arrays go to the card, and networks stay on the processor. Where the choice cannot run, what is
 * asked for first says why; nothing falls back to the processor unseen.
 *
 * <p>Example: {@code Network.of(Backends.floats(), 1, 64, Dense.of(100), Activate.relu(), Dense.of(10))}.
 */
public final class Backends {
    /** The environment variable. */
    public static final String VARIABLE = "TOUCHSTONE_BACKEND";

    private Backends() {}

    /**
     * The float backend in use: on the processor with as many threads as it has, or the one that the process shares on the card.
     *
     * @throws CudaException if driver, card or cuBLAS is missing or unfit, with the reason and what to do
     * @throws IllegalArgumentException if the variable names no backend
     */
    public static Backend floats() {
        return onCard() ? Cuda.floats() : Cpu.floats();
    }

    /** As {@link #floats()}; on the processor with at most so many threads, for networks that are trained beside each other. */
    public static Backend floats(int threads) {
        return onCard() ? Cuda.floats() : Cpu.floats(threads);
    }

    /** The algebra of many rows in use, on the processor or on the card that {@link #floats()} is on; it throws as that does. */
    public static Algebra algebra() {
        return onCard() ? Cuda.algebra() : Cpu.algebra();
    }

    /** The name of the backend in use: cpu or cuda. */
    public static String name() {
        return onCard() ? "cuda" : "cpu";
    }

    private static boolean onCard() {
        return isCuda(System.getenv(VARIABLE));
    }

    static boolean isCuda(@Nullable String choice) {
        if (choice == null || choice.isBlank()) {
            return false;
        }
        return switch (choice) {
            case "cpu", "nd4j-cuda" -> false;
            case "cuda" -> true;
            default -> throw new IllegalArgumentException(VARIABLE + " must be cpu, cuda or nd4j-cuda, was " + choice);
        };
    }
}
