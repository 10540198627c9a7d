package touchstone.course;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import touchstone.notebook.Cell;
import touchstone.notebook.CellSession;
import touchstone.notebook.KernelHost;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;
import touchstone.notebook.Sandbox;

/**
 * Runs a restored submission to its end, whatever is in it: a cell that takes too long or ends its kernel is given up, and the rest goes on
 * in a new kernel in which the cells before have been run again.
 */
final class GradingRun {
    private static final int MOST_KERNELS = 4;
    private static final List<String> KEPT =
            List.of("PATH", "JAVA_HOME", "TOUCHSTONE_JAVA_HOME", "TOUCHSTONE_DATA", "LANG", "LC_ALL");

    private final CourseSettings settings;
    private final KernelHost host;
    private final List<String> notes = new ArrayList<>();
    private final List<Cell> ran = new ArrayList<>();
    private long deadline;
    private int kernels;

    private GradingRun(CourseSettings settings, KernelHost host) {
        this.settings = settings;
        this.host = host;
    }

    /**
     * Runs all code cells and leaves their outputs in them.
     *
     * @param folder a folder of the submission's own, in which the kernel works
     * @return a sentence for each thing that did not go as it should
     */
    static List<String> run(Notebook notebook, CourseSettings settings, Confinement confinement, Path folder)
            throws NotebookException {
        KernelHost host = KernelHost.of(folder).withEnvironment(environment(settings, confinement, folder));
        var run = new GradingRun(settings, confinement.applied(host));
        run.deadline = System.nanoTime() + settings.totalLimit().toNanos();
        run.all(notebook.cells().stream()
                .filter(cell -> cell.isCode() && !cell.source().isBlank())
                .toList());
        for (Cell cell : notebook.cells()) {
            cell.metadata().remove("execution"); // times, which differ from run to run
        }
        return run.notes;
    }

    /** What a kernel must know, and none of what this user has set: no secrets, and all files in the folder. */
    private static Map<String, String> environment(CourseSettings settings, Confinement confinement, Path folder) {
        var kept = new TreeMap<String, String>();
        KEPT.forEach(name -> {
            String value = System.getenv(name);
            if (value != null) {
                kept.put(name, value);
            }
        });
        kept.put("HOME", folder.toString());
        kept.put("TMPDIR", folder.toString());
        kept.put("TOUCHSTONE_HISTORY", folder.resolve(".history.jsonl").toString());
        String options = "-Xmx" + settings.heap() + " -Djava.io.tmpdir=" + folder;
        if (confinement.sandbox().isPresent()) {
            options += " -Dorg.bytedeco.javacpp.cachedir=" + folder.resolve(Sandbox.LENT);
        }
        kept.put("JAVA_TOOL_OPTIONS", options);
        return kept;
    }

    private void all(List<Cell> cells) throws NotebookException {
        int next = 0;
        while (next < cells.size()) {
            if (++kernels > MOST_KERNELS) {
                notes.add("the kernel ended " + MOST_KERNELS + " times; the cells after were not run");
                return;
            }
            try (CellSession session = CellSession.start(host)) {
                next = in(session, cells, next);
            }
        }
    }

    /** Runs cells until the last or until the kernel ends; the number of the next one to run. */
    private int in(CellSession session, List<Cell> cells, int from) {
        for (Cell before : List.copyOf(ran)) {
            if (!session.run(Cell.code("again", before.source()), limit()).kernelLives()) {
                notes.add("the kernel ended when earlier cells were run again; the cells after were not run");
                return cells.size();
            }
        }
        for (int i = from; i < cells.size(); i++) {
            if (System.nanoTime() - deadline >= 0) {
                notes.add("the submission ran longer than "
                        + settings.totalLimit().toSeconds() + " s; the cells after were not run");
                return cells.size();
            }
            Cell cell = cells.get(i);
            CellSession.Ended ended = session.run(cell, limit());
            session.flush();
            if (!ended.kernelLives() || ended.sentence().contains("OutOfMemoryError")) {
                notes.add(name(cell)
                        + (ended.kernelLives() ? " took all memory" : " ended the kernel: " + ended.sentence()));
                return i + 1; // what fills the memory stays in variables, so that a new kernel is needed there too
            }
            ran.add(cell);
            if (CourseSettings.HIDDEN_TESTS.in(cell.source()) && !earnedAll(cell)) {
                runVisible(session, cell);
            }
        }
        return cells.size();
    }

    private static boolean earnedAll(Cell cell) {
        return CellMarks.of(cell).map(marks -> CellScore.of(cell, marks).full()).orElse(true);
    }

    /** Runs a test that did not earn all without its hidden part, so that the student can be shown what that says. */
    private void runVisible(CellSession session, Cell cell) {
        Cell visible = Cell.code("visible", CourseSettings.HIDDEN_TESTS.removed(cell.source()));
        session.run(visible, limit());
        session.flush();
        cell.metadata().add(Feedback.VISIBLE, visible.outputs());
    }

    private static String name(Cell cell) {
        return "cell " + CellMarks.of(cell).map(CellMarks::id).orElse(cell.id());
    }

    /** A cell's limit, or what is left of the submission's. */
    private Duration limit() {
        Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
        return left.compareTo(settings.cellLimit()) < 0 ? left : settings.cellLimit();
    }
}
