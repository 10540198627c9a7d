package touchstone.notebook;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a kernel runs.
 *
 * @param folder its working directory
 * @param environment all of its environment; empty for that of this process
 */
public record KernelHost(Path folder, Optional<Map<String, String>> environment) {
    public KernelHost {
        environment = environment.map(Map::copyOf);
    }

    /** A kernel that works in a folder, with this process's environment. */
    public static KernelHost of(Path folder) {
        return new KernelHost(folder, Optional.empty());
    }

    /** The same with these variables and no others. */
    public KernelHost withEnvironment(Map<String, String> only) {
        return new KernelHost(folder, Optional.of(only));
    }
}
