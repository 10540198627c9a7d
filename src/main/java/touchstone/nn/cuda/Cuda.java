package touchstone.nn.cuda;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import touchstone.nn.Algebra;
import touchstone.nn.Backend;
import touchstone.util.Check;

/** The backend of NVIDIA cards, in float, and the algebra of detectors there, in double. */
public final class Cuda {
    private static @Nullable CudaBackend shared;

    private Cuda() {}

    /**
     * The backend that a process shares, on the card that the environment names, as {@link CudaOptions#of} reads it.
     *
     * @throws CudaException if driver, card or cuBLAS is missing or unfit, with the reason and what to do
     */
    public static Backend floats() {
        return shared();
    }

    /** A backend of its own, with memory and a stream that are held until the process ends; otherwise as {@link #floats()}. */
    public static Backend floats(CudaOptions options) {
        return open(options);
    }

    /** The algebra on the card and in the memory of {@link #floats()}; the precision of the options does not touch it. */
    public static Algebra algebra() {
        return new CudaAlgebra(shared());
    }

    /** An algebra of its own, with memory and a stream that are held until the process ends. */
    public static Algebra algebra(CudaOptions options) {
        return new CudaAlgebra(open(options));
    }

    private static synchronized CudaBackend shared() {
        CudaBackend found = shared;
        if (found == null) {
            found = open(CudaOptions.of(System.getenv()));
            shared = found;
        }
        return found;
    }

    /** What is there and what is missing; throws nothing, and no card is needed. */
    public static CudaFindings findings() {
        Map<String, String> environment = System.getenv();
        return CudaFindings.of(Libraries.ofSystem(environment), environment);
    }

    static CudaBackend open(CudaOptions options) {
        Map<String, String> environment = System.getenv();
        Gemm.demandUnforced(environment);
        return open(options, Libraries.ofSystem(environment));
    }

    static CudaBackend open(CudaOptions options, Libraries libraries) {
        Driver driver = Driver.open(libraries.driver());
        CudaFindings.demandVersion(driver.version());
        driver.call("cuInit", 0);
        int count = driver.number("cuDeviceGetCount");
        if (count == 0) {
            throw driver.failure("cuDeviceGetCount", Driver.NO_DEVICE);
        }
        Check.index(options.device(), count, "device");
        Card device = Card.of(driver, options.device());
        if (!device.fit()) {
            throw CudaException.missing(CudaFindings.tooOld(device));
        }
        Gemm.demand(device, options.precision());
        var context = new Context(driver, device, options.cap());
        try {
            return new CudaBackend(
                    context, new Gemm(context, new Blas(context, libraries.blas()), options.precision()));
        } catch (CudaException e) {
            context.close();
            throw e;
        }
    }
}
