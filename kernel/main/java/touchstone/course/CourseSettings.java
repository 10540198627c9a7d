package touchstone.course;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
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
 * @param heap most memory of a submission's kernel, as Java writes it, such as 512m
 */
record CourseSettings(
        String course, String codeStub, String textStub, Duration cellLimit, Duration totalLimit, String heap) {
    static final String FILE = "course.properties";
    static final Regions SOLUTION = new Regions("BEGIN SOLUTION", "END SOLUTION");
    static final Regions HIDDEN_TESTS = new Regions("BEGIN HIDDEN TESTS", "END HIDDEN TESTS");
    static final Regions MARK_SCHEME = new Regions("BEGIN MARK SCHEME", "END MARK SCHEME");
    private static final Set<String> KEYS =
            Set.of("course", "code.stub", "text.stub", "cell.seconds", "total.seconds", "heap");

    /** A stub that throws, 30 seconds a cell and 10 minutes in all, 512 MiB. */
    static CourseSettings defaults() {
        return new CourseSettings(
                "course",
                "// YOUR CODE HERE\nthrow new UnsupportedOperationException(\"YOUR CODE HERE\");",
                "YOUR ANSWER HERE",
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                "512m");
    }

    CourseSettings withCellLimit(Duration limit) {
        return new CourseSettings(course, codeStub, textStub, limit, totalLimit, heap);
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
            if (!KEYS.contains(key)) {
                throw NotebookException.usage(
                        file + " has an unknown setting " + key + "; the settings are " + new TreeSet<>(KEYS) + ".");
            }
        }
        CourseSettings base = defaults();
        return new CourseSettings(
                properties.getProperty("course", base.course),
                properties.getProperty("code.stub", base.codeStub),
                properties.getProperty("text.stub", base.textStub),
                seconds(properties, "cell.seconds", base.cellLimit, file),
                seconds(properties, "total.seconds", base.totalLimit, file),
                heap(properties.getProperty("heap", base.heap), file));
    }

    private static Duration seconds(Properties properties, String key, Duration otherwise, Path file)
            throws NotebookException {
        String text = properties.getProperty(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.strip().matches("[1-9][0-9]{0,5}")) {
            throw NotebookException.usage(
                    key + " in " + file + " must be a whole number of seconds from 1 to 999999, was " + text + ".");
        }
        return Duration.ofSeconds(Long.parseLong(text.strip()));
    }

    private static String heap(String text, Path file) throws NotebookException {
        if (!text.strip().matches("[1-9][0-9]*[mgMG]")) {
            throw NotebookException.usage("heap in " + file + " must be a size such as 512m or 2g, was " + text + ".");
        }
        return text.strip();
    }
}
