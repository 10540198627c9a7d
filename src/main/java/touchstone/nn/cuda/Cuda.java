package touchstone.nn.cuda;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import touchstone.nn.Backend;
import touchstone.util.Check;

/** The backend of NVIDIA cards, in float. */
public final class Cuda {
    private static @Nullable Backend shared;

    private Cuda() {}

    /**
     * The backend that a process shares, on the card that the environment names, as {@link CudaOptions#of} reads it.
     *
     * @throws CudaException if driver, card or cuBLAS is missing or unfit, with the reason and what to do
     */
    public static synchronized Backend floats() {
        Backend found = shared;
        if (found == null) {
            found = floats(CudaOptions.of(System.getenv()));
            shared = found;
        }
        return found;
    }

    /** A backend of its own, with memory and a stream that are held until the process ends; otherwise as {@link #floats()}. */
    public static Backend floats(CudaOptions options) {
        return open(options, Libraries.ofSystem(System.getenv()));
    }

    /** What is there and what is missing; throws nothing, and no card is needed. */
    public static CudaFindings findings() {
        Map<String, String> environment = System.getenv();
        return CudaFindings.of(Libraries.ofSystem(environment));
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
        var context = new Context(driver, device, options.cap());
        try {
            return new CudaBackend(context, new Blas(context, libraries.blas(), options.precision()));
        } catch (CudaException e) {
            context.close();
            throw e;
        }
    }
}
