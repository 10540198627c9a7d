package touchstone.course;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import touchstone.notebook.KernelHost;
import touchstone.notebook.KernelLimits;
import touchstone.notebook.NotebookException;
import touchstone.notebook.Sandbox;

/**
 * What submissions cannot do where they are graded.
 *
 * @param sandbox what they run in; empty where there is none
 * @param limits what they may take of the machine
 * @param sentences what was applied and what was not, for the report
 */
record Confinement(Optional<Sandbox> sandbox, KernelLimits limits, List<String> sentences) {
    /** Whether submissions run in a sandbox. */
    enum Wanted {
        AUTO,
        REQUIRED,
        OFF
    }

    private static final int PROCESSES = 40;
    private static final int BESIDES_HEAP_MEGABYTES = 1024; // code, classes, stacks and arrays outside the heap

    Confinement {
        sentences = List.copyOf(sentences);
    }

    /** None at all, for the instructor's own notebooks. */
    static Confinement none() {
        return new Confinement(Optional.empty(), KernelLimits.NONE, List.of());
    }

    /**
     * The strongest that this machine and the settings allow.
     *
     * @param course the folder that submissions must not see
     * @throws NotebookException when the settings require a sandbox and there can be none
     */
    static Confinement of(CourseSettings settings, Path course) throws NotebookException {
        long memory = settings.heapMegabytes() * 2 + BESIDES_HEAP_MEGABYTES;
        var limits = new KernelLimits(settings.threads(), PROCESSES, memory);
        var sandbox = new Sandbox(
                List.of(course), settings.fileMegabytes(), settings.totalLimit().plusMinutes(1));
        boolean wanted = settings.sandbox() != Wanted.OFF;
        String obstacle = wanted ? sandbox.obstacle() : "sandbox = off in " + CourseSettings.FILE;
        if (!obstacle.isEmpty() && settings.sandbox() == Wanted.REQUIRED) {
            throw NotebookException.environment("submissions cannot run in a sandbox here: " + obstacle
                    + "; allow users to make namespaces, or set sandbox = auto in " + CourseSettings.FILE + ".");
        }
        return new Confinement(
                obstacle.isEmpty() ? Optional.of(sandbox) : Optional.empty(),
                limits,
                sentences(settings, obstacle, memory));
    }

    private static List<String> sentences(CourseSettings settings, String obstacle, long memory) {
        var said = new ArrayList<String>();
        if (obstacle.isEmpty()) {
            said.add("no network");
            said.add("files: a folder of " + settings.fileMegabytes()
                    + " MB in memory of its own; all else read-only; the course, the home folder and temporary files out"
                    + " of sight");
        } else {
            said.add("network open and files of this user within reach (no sandbox: " + obstacle + ")");
        }
        said.add("no input, none of this user's environment");
        said.add("heap " + settings.heap() + ", " + memory + " MB of memory in all, " + settings.threads()
                + " threads, " + PROCESSES + " processes");
        said.add(settings.cellLimit().toSeconds() + " s a cell, "
                + settings.totalLimit().toSeconds() + " s in all");
        return said;
    }

    /** A kernel's host with this applied. */
    KernelHost applied(KernelHost host) {
        KernelHost limited = host.withLimits(limits);
        return sandbox.map(limited::withSandbox).orElse(limited);
    }
}
