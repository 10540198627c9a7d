package touchstone.nn.cuda;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the driver and cuBLAS are looked for.
 *
 * @param driver names or paths of the driver's library, the first that loads is taken
 * @param blas the same of cuBLAS, newest first
 */
record Libraries(List<String> driver, List<String> blas) {
    private static final Logger LOG = LoggerFactory.getLogger(Libraries.class);
    private static final int NEWEST = 13;
    private static final int OLDEST = 11;
    private static final Set<NativeLibrary> HELD = ConcurrentHashMap.newKeySet(); // JNA unloads what nobody holds

    Libraries {
        driver = List.copyOf(driver);
        blas = List.copyOf(blas);
    }

    /** In the folders of {@code TOUCHSTONE_CUDA_LIBRARIES} and by soname; cuBLAS also in the folders of the toolkit. */
    static Libraries ofSystem(Map<String, String> environment) {
        boolean windows = Platform.isWindows();
        var blas = new ArrayList<String>();
        for (int major = NEWEST; major >= OLDEST; major--) {
            String name = windows ? "cublas64_" + major + ".dll" : "libcublas.so." + major;
            blas.add(name);
            for (String folder : folders(environment, windows, major)) {
                blas.add(Path.of(folder, name).toString());
            }
        }
        String soname = windows ? "nvcuda.dll" : "libcuda.so.1";
        var driver = new ArrayList<String>();
        named(environment).forEach(folder -> driver.add(Path.of(folder, soname).toString()));
        driver.add(soname);
        return new Libraries(driver, blas);
    }

    private static List<String> named(Map<String, String> environment) {
        return Stream.of(environment
                        .getOrDefault("TOUCHSTONE_CUDA_LIBRARIES", "")
                        .split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .toList();
    }

    private static List<String> folders(Map<String, String> environment, boolean windows, int major) {
        var folders = new ArrayList<String>(named(environment));
        Optional.ofNullable(environment.get("CUDA_PATH"))
                .ifPresent(home ->
                        folders.add(Path.of(home, windows ? "bin" : "lib64").toString()));
        if (windows) {
            Optional.ofNullable(environment.get("CUDA_PATH"))
                    .ifPresent(home -> folders.add(Path.of(home, "bin", "x64").toString()));
        } else {
            folders.addAll(List.of("/usr/local/cuda-" + major + "/lib64", "/usr/local/cuda/lib64"));
        }
        return folders;
    }

    /** The first library that loads; a path must be there. */
    static Optional<NativeLibrary> first(List<String> names) {
        for (String name : names) {
            Path path = Path.of(name);
            if (path.isAbsolute() && !Files.isRegularFile(path)) {
                continue;
            }
            try {
                return Optional.of(load(path));
            } catch (UnsatisfiedLinkError e) {
                LOG.debug("{} is not loaded: {}", path, e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** cuBLAS needs its second half, of the same folder, which the system may not find by itself. */
    private static NativeLibrary load(Path path) {
        Path half = path.resolveSibling(path.getFileName().toString().replace("cublas", "cublasLt"));
        if (!half.equals(path) && Files.isRegularFile(half)) {
            HELD.add(NativeLibrary.getInstance(half.toString()));
        }
        return NativeLibrary.getInstance(path.toString());
    }
}
