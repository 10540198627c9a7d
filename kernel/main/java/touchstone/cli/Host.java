package touchstone.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The machine as the commands see it, so that a test can give another.
 *
 * @param env environment variables
 * @param home the user's home folder, as {@code ~} in a shell
 * @param os {@code os.name} as Java says it
 * @param javaHome the JDK that kernels shall run on, absolute
 */
record Host(Map<String, String> env, Path home, String os, Path javaHome) {
    Host {
        env = Map.copyOf(env);
    }

    static Host current() {
        Map<String, String> env = System.getenv();
        String home = env.getOrDefault("HOME", System.getProperty("user.home"));
        return new Host(env, Path.of(home), System.getProperty("os.name"), Path.of(System.getProperty("java.home")));
    }

    /** A variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
    }

    boolean isMac() {
        return os.startsWith("Mac");
    }

    /** Jupyter's data folder of this user, by Jupyter's own rules. */
    Path jupyterData() {
        return variable("JUPYTER_DATA_DIR").map(Path::of).orElseGet(() -> {
            if (isMac()) {
                return home.resolve("Library/Jupyter");
            }
            return variable("XDG_DATA_HOME")
                    .map(Path::of)
                    .orElse(home.resolve(".local/share"))
                    .resolve("jupyter");
        });
    }
}
