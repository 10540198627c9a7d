package touchstone.nn.cuda;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Products by cuBLAS 11 to 13, in our stream. cuBLAS counts column by column: a matrix row by row is its transpose there, so
 * {@code C = A B} is asked for as {@code C^T = B^T A^T}. All runs in one stream, without atomics, so the bits are the same each time
 * on the same card and version, as cuBLAS promises.
 *
 * <p>Exact is CUBLAS_DEFAULT_MATH, in which sgemm takes no TF32 unless the environment has NVIDIA_TF32_OVERRIDE=1; the pedantic mode
 * would forbid no more for float32 and may be slower.
 */
final class Blas {
    private static final int DEFAULT_MATH = 0;
    private static final int TF32_MATH = 3;
    private static final int ALLOC_FAILED = 3;
    private static final int PLAIN = 0;
    private static final int TURNED = 1;
    private static final Memory ONE = scalar(1);
    private static final Memory NONE = scalar(0);

    private final NativeLibrary library;
    private final Context context;
    private final Pointer handle;
    private final Map<String, Function> symbols = new ConcurrentHashMap<>();

    Blas(Context context, List<String> names, CudaOptions.Precision precision) {
        this.context = context.enter();
        library = found(names, context.driver().version());
        var out = new PointerByReference();
        call("cublasCreate_v2", out);
        handle = out.getValue();
        call("cublasSetStream_v2", handle, context.stream().handle());
        call("cublasSetMathMode", handle, precision == CudaOptions.Precision.TF32 ? TF32_MATH : DEFAULT_MATH);
    }

    private static NativeLibrary found(List<String> names, int cuda) {
        return BlasLibrary.find(names, cuda)
                .orElseThrow(() -> CudaException.missing(BlasLibrary.absent(names, cuda)))
                .library();
    }

    private void call(String name, Object... arguments) {
        int code = symbols.computeIfAbsent(name, library::getFunction).invokeInt(arguments);
        if (code != 0) {
            String memory = code == ALLOC_FAILED
                    ? "; free of the card's memory: " + DeviceMemory.megabytes(context.freeAndTotal()[0])
                    : "";
            throw new CudaException(code, name + " failed with " + status(code) + " (" + code + ")" + memory);
        }
    }

    private static String status(int code) {
        return switch (code) {
            case 1 -> "CUBLAS_STATUS_NOT_INITIALIZED";
            case ALLOC_FAILED -> "CUBLAS_STATUS_ALLOC_FAILED";
            case 7 -> "CUBLAS_STATUS_INVALID_VALUE";
            case 8 -> "CUBLAS_STATUS_ARCH_MISMATCH";
            case 11 -> "CUBLAS_STATUS_MAPPING_ERROR";
            case 13 -> "CUBLAS_STATUS_EXECUTION_FAILED";
            case 14 -> "CUBLAS_STATUS_INTERNAL_ERROR";
            case 15 -> "CUBLAS_STATUS_NOT_SUPPORTED";
            default -> "a code unknown to us";
        };
    }

    /**
     * A matrix on the card, row by row.
     *
     * @param apart distance between rows, at least its columns
     * @param turned whether its transpose is the factor
     * @param step distance to the next matrix of a batch
     */
    record Factor(long address, long apart, boolean turned, long step) {
        static Factor of(long address, long apart) {
            return new Factor(address, apart, false, 0);
        }

        Factor turn() {
            return new Factor(address, apart, !turned, step);
        }

        Factor every(long numbers) {
            return new Factor(address, apart, turned, numbers);
        }

        private int operation() {
            return turned ? TURNED : PLAIN;
        }

        private int leading() {
            return (int) Math.max(1, apart);
        }
    }

    /** {@code C = A B}, or that added to C, of [m, k] and [k, n]; m, n and k are 1 or more. */
    synchronized void product(Factor a, Factor b, boolean adds, Factor c, int m, int n, int k) {
        context.enter();
        call(
                "cublasSgemm_v2",
                handle,
                b.operation(),
                a.operation(),
                n,
                m,
                k,
                ONE,
                b.address,
                b.leading(),
                a.address,
                a.leading(),
                adds ? ONE : NONE,
                c.address,
                c.leading());
    }

    /** {@code C = A B} of a batch: matrices a {@code step} apart. */
    synchronized void products(Factor a, Factor b, Factor c, int m, int n, int k, int count) {
        context.enter();
        call(
                "cublasSgemmStridedBatched",
                handle,
                b.operation(),
                a.operation(),
                n,
                m,
                k,
                ONE,
                b.address,
                b.leading(),
                b.step,
                a.address,
                a.leading(),
                a.step,
                NONE,
                c.address,
                c.leading(),
                c.step,
                count);
    }

    /** Scalars lie in the processor's memory: the call reads them before it returns. */
    private static Memory scalar(float value) {
        var memory = new Memory(Float.BYTES);
        memory.setFloat(0, value);
        return memory;
    }

    void close() {
        call("cublasDestroy_v2", handle);
    }
}
