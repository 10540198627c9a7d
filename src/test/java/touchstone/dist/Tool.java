package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that some tests need and a machine may lack: Debian's Jupyter packages and Chromium. */
record Tool(String what, String debianPackage, List<String> command, List<String> probe) {
    /** Debian's own Python, which sees Debian's packages; another python3 on PATH may not. */
    private static final String PYTHON = "/usr/bin/python3";

    static Tool module(String module, String debianPackage) {
        return new Tool(
                "Python's " + module, debianPackage, List.of(PYTHON), List.of(PYTHON, "-c", "import " + module));
    }

    static Tool chromium() {
        var command = List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        return new Tool("chromium", "chromium", command, List.of("chromium", "--version"));
    }

    static Tool node() {
        return new Tool("node", "nodejs", List.of("node"), List.of("node", "--version"));
    }

    static Tool npm() {
        return new Tool("npm", "npm", List.of("npm"), List.of("npm", "--version"));
    }

    /** Skips the test, saying how to get the tool, where it is missing; fails there when every test is asked for. */
    Tool require() throws InterruptedException {
        boolean there;
        try {
            there = Shell.run(java.nio.file.Path.of("."), Shell.environment(), 60, probe)
                            .exitCode()
                    == 0;
        } catch (java.io.IOException e) {
            there = false;
        }
        String missing = what + " is missing; get it with: apt-get install " + debianPackage;
        if (System.getenv("TOUCHSTONE_REQUIRE_ALL") == null) {
            assumeTrue(there, missing);
        }
        assertTrue(there, missing);
        return this;
    }

    List<String> with(String... arguments) {
        var all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    /** An environment in which Jupyter finds only the kernelspecs below {@code prefix}. */
    static Map<String, String> jupyter(java.nio.file.Path prefix) {
        Map<String, String> env = Shell.environment();
        env.put("JUPYTER_PATH", prefix + "/share/jupyter");
        env.put("TOUCHSTONE_HISTORY", prefix + "/history.jsonl");
        env.put("PYDEVD_DISABLE_FILE_VALIDATION", "1");
        return env;
    }
}
