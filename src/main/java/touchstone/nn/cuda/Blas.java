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
 * {@code C = A B} is asked for as {@code C^T = B^T A^T}. cuBLAS promises the same bits at every run on the same card and version
 * where, as here, one stream is used with a handle and atomics are not allowed.
 *
 * <p>Exact is CUBLAS_DEFAULT_MATH, in which sgemm takes no TF32 unless NVIDIA_TF32_OVERRIDE=1, which {@link Gemm} refuses; the pedantic mode
 * would forbid no more for float32 and may be slower.
 */
final class Blas {
    private static final int DEFAULT_MATH = 0;
    private static final int TF32_MATH = 3;
    private static final int ALLOC_FAILED = 3;
    private static final int BF16 = 14; // CUDA_R_16BF
    private static final int FLOAT = 0; // CUDA_R_32F
    private static final int FLOAT_SUMS = 68; // CUBLAS_COMPUTE_32F
    private static final int ANY_WAY = -1; // CUBLAS_GEMM_DEFAULT
    private static final Memory ONE = scalar(1);
    private static final Memory NONE = scalar(0);

    private final NativeLibrary library;
    private final Context context;
    private final Pointer handle;
    private final Map<String, Function> symbols = new ConcurrentHashMap<>();
    private int mode = DEFAULT_MATH;

    Blas(Context context, List<String> names) {
        this.context = context.enter();
        library = found(names, context.driver().version());
        var out = new PointerByReference();
        call("cublasCreate_v2", out);
        handle = out.getValue();
        call("cublasSetStream_v2", handle, context.stream().handle());
        call("cublasSetMathMode", handle, mode);
    }

    private static NativeLibrary found(List<String> names, int cuda) {
        return BlasLibrary.find(names, cuda)
                .orElseThrow(() -> CudaException.missing(BlasLibrary.absent(names, cuda)))
                .library();
    }

    /** Calls with the handle first. */
    void run(String name, Object... arguments) {
        var all = new Object[arguments.length + 1];
        all[0] = handle;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        context.enter();
        call(name, all);
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

    /** Sets the mode of float32 products that follow; callers hold this. */
    void precise(boolean exact) {
        int wanted = exact ? DEFAULT_MATH : TF32_MATH;
        if (mode != wanted) {
            run("cublasSetMathMode", wanted);
            mode = wanted;
        }
    }

    /** {@code C = A B} of [m, k] and [k, n] in float, or that added to C; m, n and k are 1 or more. */
    synchronized void floats(boolean exact, Factor a, Factor b, boolean adds, Factor c, int m, int n, int k) {
        precise(exact);
        Memory beta = adds ? ONE : NONE;
        int left = b.operation();
        int right = a.operation();
        long x = b.address();
        long y = a.address();
        run(
                "cublasSgemm_v2",
                left,
                right,
                n,
                m,
                k,
                ONE,
                x,
                b.leading(),
                y,
                a.leading(),
                beta,
                c.address(),
                c.leading());
    }

    /** {@code C = A B} of a batch in float: matrices a {@code step} apart. */
    synchronized void batch(boolean exact, Factor a, Factor b, Factor c, int m, int n, int k, int count) {
        precise(exact);
        run(
                "cublasSgemmStridedBatched",
                b.operation(),
                a.operation(),
                n,
                m,
                k,
                ONE,
                b.address(),
                b.leading(),
                b.step(),
                a.address(),
                a.leading(),
                a.step(),
                NONE,
                c.address(),
                c.leading(),
                c.step(),
                count);
    }

    /** {@code C = A B}, or that added to C, of a batch of bf16 matrices; C and the sums are float. */
    synchronized void halves(Factor a, Factor b, boolean adds, Factor c, int m, int n, int k, int count) {
        run(
                "cublasGemmStridedBatchedEx",
                b.operation(),
                a.operation(),
                n,
                m,
                k,
                ONE,
                b.address(),
                BF16,
                b.leading(),
                b.step(),
                a.address(),
                BF16,
                a.leading(),
                a.step(),
                adds ? ONE : NONE,
                c.address(),
                FLOAT,
                c.leading(),
                c.step(),
                count,
                FLOAT_SUMS,
                ANY_WAY);
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
