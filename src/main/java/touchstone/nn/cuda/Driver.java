package touchstone.nn.cuda;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The CUDA driver's library: its symbols, every return code checked. */
final class Driver {
    static final int OUT_OF_MEMORY = 2;
    static final int NO_DEVICE = 100;

    private final NativeLibrary library;
    private final Map<String, Function> symbols = new ConcurrentHashMap<>();

    private Driver(NativeLibrary library) {
        this.library = library;
    }

    /** Loads the first of these libraries that is there, without starting it, which even an unfit driver allows. */
    static Driver open(List<String> names) {
        return new Driver(Libraries.first(names)
                .orElseThrow(() -> CudaException.missing("the NVIDIA driver's library was not found ("
                        + String.join(", ", names) + "): install the NVIDIA driver, or use TOUCHSTONE_BACKEND=cpu")));
    }

    /** Name or path that the library was loaded by. */
    String soname() {
        return library.getFile().getName();
    }

    /** Calls and returns the code. */
    int attempt(String name, Object... arguments) {
        return symbols.computeIfAbsent(name, this::symbol).invokeInt(arguments);
    }

    private Function symbol(String name) {
        try {
            return library.getFunction(name);
        } catch (UnsatisfiedLinkError e) {
            throw new CudaException(
                    -1,
                    "the driver's library " + soname() + " has no " + name
                            + ": it is older than CUDA 11.0, update the driver");
        }
    }

    /** Calls; throws unless the code is 0. */
    void call(String name, Object... arguments) {
        int code = attempt(name, arguments);
        if (code != 0) {
            throw failure(name, code);
        }
    }

    CudaException failure(String call, int code) {
        return CudaException.of(
                call, code, text("cuGetErrorName", code, "code"), text("cuGetErrorString", code, "unknown"));
    }

    private String text(String symbol, int code, String otherwise) {
        var out = new PointerByReference();
        int failed = attempt(symbol, code, out);
        return failed == 0 && out.getValue() != null ? out.getValue().getString(0) : otherwise;
    }

    /** The newest CUDA that the driver knows, as 1000 major + 10 minor. */
    int version() {
        return number("cuDriverGetVersion");
    }

    /** A call whose first argument takes a number. */
    int number(String name, Object... rest) {
        var out = new IntByReference();
        call(name, before(out, rest));
        return out.getValue();
    }

    /** A call whose first argument takes a size or an address on the card. */
    long size(String name, Object... rest) {
        var out = new LongByReference();
        call(name, before(out, rest));
        return out.getValue();
    }

    /** A call whose first argument takes a handle. */
    Pointer handle(String name, Object... rest) {
        var out = new PointerByReference();
        call(name, before(out, rest));
        return out.getValue();
    }

    private static Object[] before(Object first, Object[] rest) {
        var all = new Object[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
