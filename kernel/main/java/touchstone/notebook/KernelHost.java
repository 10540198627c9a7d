package touchstone.notebook;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a kernel runs.
 *
 * @param folder its working directory
 * @param environment all of its environment; empty for that of this process
 * @param sandbox what it runs in; empty when it may do what this user may
 * @param limits what it may take of the machine
 */
public record KernelHost(
        Path folder, Optional<Map<String, String>> environment, Optional<Sandbox> sandbox, KernelLimits limits) {
    public KernelHost {
        environment = environment.map(Map::copyOf);
    }

    /** A kernel that works in a folder, with this process's environment, without sandbox and limits. */
    public static KernelHost of(Path folder) {
        return new KernelHost(folder, Optional.empty(), Optional.empty(), KernelLimits.NONE);
    }

    /** The same with these variables and no others. */
    public KernelHost withEnvironment(Map<String, String> only) {
        return new KernelHost(folder, Optional.of(only), sandbox, limits);
    }

    /** The same in a sandbox. */
    public KernelHost withSandbox(Sandbox of) {
        return new KernelHost(folder, environment, Optional.of(of), limits);
    }

    /** The same with limits. */
    public KernelHost withLimits(KernelLimits of) {
        return new KernelHost(folder, environment, sandbox, of);
    }
}
