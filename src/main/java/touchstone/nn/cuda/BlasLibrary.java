package touchstone.nn.cuda;

import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import java.util.List;
import java.util.Optional;

/**
 * cuBLAS as it was found. A library of one major version runs with any driver of that major version of CUDA or a later one.
 *
 * @param library loaded
 * @param major of its version
 * @param version such as {@code 13.1.0}
 */
record BlasLibrary(NativeLibrary library, int major, String version) {
    private static final String REMEDY =
            "install NVIDIA's CUDA toolkit or its cuBLAS alone, or put the library's folder into"
                    + " TOUCHSTONE_CUDA_LIBRARIES";

    /** The first that this driver runs. */
    static Optional<BlasLibrary> find(List<String> names, int cuda) {
        return names.stream()
                .flatMap(name -> Libraries.first(List.of(name)).stream())
                .map(BlasLibrary::of)
                .filter(found -> found.major <= cuda / 1000)
                .findFirst();
    }

    /** All that are there, whether a driver runs them or not. */
    static List<String> titles(List<String> names) {
        return names.stream()
                .flatMap(name -> Libraries.first(List.of(name)).stream())
                .map(BlasLibrary::of)
                .map(BlasLibrary::title)
                .distinct()
                .toList();
    }

    /** Why none was found. */
    static String absent(List<String> names, int cuda) {
        Optional<BlasLibrary> newer = Libraries.first(names).map(BlasLibrary::of);
        return newer.map(
                        blas -> blas.title() + " needs a driver for CUDA " + blas.major + ", this one knows CUDA up to "
                                + CudaFindings.version(cuda) + ": update the driver, or " + REMEDY)
                .orElse("cuBLAS 11, 12 or 13 was not found (libcublas.so.13, cublas64_13.dll and older): " + REMEDY);
    }

    private static BlasLibrary of(NativeLibrary library) {
        int major = property(library, 0);
        return new BlasLibrary(library, major, major + "." + property(library, 1) + "." + property(library, 2));
    }

    /** 0 to 2: major, minor, patch; needs no card. */
    private static int property(NativeLibrary library, int which) {
        var out = new IntByReference();
        int code = library.getFunction("cublasGetProperty").invokeInt(new Object[] {which, out});
        return code == 0 ? out.getValue() : 0;
    }

    /** Its file's name and version. */
    String title() {
        return library.getFile().getName() + " " + version;
    }
}
