package touchstone.course;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import touchstone.notebook.NotebookException;

/**
 * How a course is released and graded: what {@code course.properties} in its folder says, or the defaults.
 *
 * @param course its name, for reports
 * @param codeStub what stands for a removed solution in code
 * @param textStub what stands for a removed answer in text
 * @param cellLimit how long a cell may run when graded
 * @param totalLimit how long a submission may run
 * @param heap most memory for objects of a submission's kernel, as Java writes it, such as 512m
 * @param threads most threads of a submission
 * @param fileMegabytes how much a submission may write, in a sandbox
 * @param sandbox whether submissions run in one
 * @param due when assignments are due, by their name
 */
record CourseSettings(
        String course,
        String codeStub,
        String textStub,
        Duration cellLimit,
        Duration totalLimit,
        String heap,
        int threads,
        int fileMegabytes,
        Confinement.Wanted sandbox,
        Map<String, OffsetDateTime> due) {
    static final String FILE = "course.properties";
    static final Regions SOLUTION = new Regions("BEGIN SOLUTION", "END SOLUTION");
    static final Regions HIDDEN_TESTS = new Regions("BEGIN HIDDEN TESTS", "END HIDDEN TESTS");
    static final Regions MARK_SCHEME = new Regions("BEGIN MARK SCHEME", "END MARK SCHEME");
    private static final Set<String> KEYS = Set.of(
            "course",
            "code.stub",
            "text.stub",
            "cell.seconds",
            "total.seconds",
            "heap",
            "threads",
            "files.megabytes",
            "sandbox");
    private static final String DUE = "due.";

    /** A stub that throws, 30 seconds a cell and 10 minutes in all, 512 MiB. */
    static CourseSettings defaults() {
        return new CourseSettings(
                "course",
                "// YOUR CODE HERE\nthrow new UnsupportedOperationException(\"YOUR CODE HERE\");",
                "YOUR ANSWER HERE",
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                "512m",
                500,
                256,
                Confinement.Wanted.AUTO,
                Map.of());
    }

    CourseSettings withCellLimit(Duration limit) {
        return new CourseSettings(
                course, codeStub, textStub, limit, totalLimit, heap, threads, fileMegabytes, sandbox, due);
    }

    /** Reads the settings of a course's folder; the defaults where it has no file. */
    static CourseSettings of(Path folder) throws NotebookException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return defaults();
        }
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw NotebookException.usage("cannot read " + file + ": " + e.getMessage() + ".");
        }
        for (String key : properties.stringPropertyNames()) {
            if (!KEYS.contains(key) && !key.startsWith(DUE)) {
                throw NotebookException.usage(file + " has an unknown setting " + key + "; the settings are "
                        + new TreeSet<>(KEYS) + " and " + DUE + "ASSIGNMENT.");
            }
        }
        CourseSettings base = defaults();
        return new CourseSettings(
                properties.getProperty("course", base.course),
                properties.getProperty("code.stub", base.codeStub),
                properties.getProperty("text.stub", base.textStub),
                Duration.ofSeconds(whole(properties, "cell.seconds", base.cellLimit.toSeconds(), file)),
                Duration.ofSeconds(whole(properties, "total.seconds", base.totalLimit.toSeconds(), file)),
                heap(properties.getProperty("heap", base.heap), file),
                whole(properties, "threads", base.threads, file),
                whole(properties, "files.megabytes", base.fileMegabytes, file),
                sandbox(properties.getProperty("sandbox", "auto"), file),
                due(properties, file));
    }

    private static int whole(Properties properties, String key, long otherwise, Path file) throws NotebookException {
        String text = properties.getProperty(key, Long.toString(otherwise)).strip();
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw NotebookException.usage(
                    key + " in " + file + " must be a whole number from 1 to 999999, was " + text + ".");
        }
        return Integer.parseInt(text);
    }

    private static Confinement.Wanted sandbox(String text, Path file) throws NotebookException {
        for (Confinement.Wanted each : Confinement.Wanted.values()) {
            if (each.name().equalsIgnoreCase(text.strip())) {
                return each;
            }
        }
        throw NotebookException.usage("sandbox in " + file + " must be auto, required or off, was " + text + ".");
    }

    private static Map<String, OffsetDateTime> due(Properties properties, Path file) throws NotebookException {
        var due = new TreeMap<String, OffsetDateTime>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(DUE)) {
                String text = properties.getProperty(key).strip();
                due.put(key.substring(DUE.length()), HandIn.time(text, key + " in " + file));
            }
        }
        return due;
    }

    /** When an assignment is due; empty when the settings do not say. */
    Optional<OffsetDateTime> due(String assignment) {
        return Optional.ofNullable(due.get(assignment));
    }

    /** The heap's size in MiB. */
    long heapMegabytes() {
        long size = Long.parseLong(heap.substring(0, heap.length() - 1));
        return heap.matches(".*[gG]") ? size * 1024 : size;
    }

    private static String heap(String text, Path file) throws NotebookException {
        if (!text.strip().matches("[1-9][0-9]{0,5}[mgMG]")) {
            throw NotebookException.usage("heap in " + file + " must be a size such as 512m or 2g, was " + text + ".");
        }
        return text.strip();
    }
}
