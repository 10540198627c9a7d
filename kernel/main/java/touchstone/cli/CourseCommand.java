package touchstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import touchstone.course.CourseFolder;
import touchstone.course.FeedbackPages;
import touchstone.course.Grader;
import touchstone.course.NewAssignment;
import touchstone.course.ReportFiles;
import touchstone.course.Roster;
import touchstone.course.StudentGrade;
import touchstone.course.VariantRelease;
import touchstone.notebook.NotebookException;

/** {@code touchstone course}: assignments over nbgrader's folders. */
@Command(
        name = "course",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Check, release and grade assignments, as nbgrader does, without Python.",
        footer = {"", "Exit codes: 0 fine, 1 the source has faults (validate), 2 usage, 4 environment."})
public final class CourseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command with its steps. */
    static CommandLine line() {
        return new CommandLine(new CourseCommand())
                .addSubcommand(new New())
                .addSubcommand(new Validate())
                .addSubcommand(new Release())
                .addSubcommand(new Grading())
                .addSubcommand(new Pages())
                .addSubcommand(new Report())
                .addSubcommand(new CourseSimilarCommand());
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }

    /** What every course command takes. */
    abstract static class Step implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ASSIGNMENT", description = "Name of the assignment: a folder in source/.")
        private String assignment = "";

        @Option(names = "--course", paramLabel = "DIR", description = "The course's folder (default: here).")
        private Path course = Path.of("");

        @Override
        public Integer call() {
            try {
                return run(new CourseFolder(course.toAbsolutePath().normalize()), assignment);
            } catch (NotebookException e) {
                e.sentence().lines().forEach(line -> err().println("touchstone: " + line));
                return e.exitCode();
            }
        }

        abstract int run(CourseFolder folder, String name) throws NotebookException;

        PrintWriter out() {
            return spec.commandLine().getOut();
        }

        PrintWriter err() {
            return spec.commandLine().getErr();
        }
    }

    /** {@code new}. */
    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Begin an assignment with a notebook that has each kind of cell once.")
    static final class New extends Step {
        @Override
        int run(CourseFolder folder, String name) throws NotebookException {
            NewAssignment.make(folder, name).forEach(out()::println);
            return 0;
        }
    }

    /** {@code validate}. */
    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Tell what is wrong in the source notebooks, and which tests their own solutions fail.")
    static final class Validate extends Step {
        @Option(names = "--no-run", description = "Look at the marks alone, do not run the solutions.")
        private boolean still;

        @Override
        int run(CourseFolder folder, String name) throws NotebookException {
            List<String> faults = folder.faults(name);
            if (faults.isEmpty() && !still) {
                faults = folder.failures(name);
            }
            faults.forEach(out()::println);
            err().println(faults.isEmpty() ? "no faults" : faults.size() == 1 ? "1 fault" : faults.size() + " faults");
            return faults.isEmpty() ? 0 : 1;
        }
    }

    /** {@code release}. */
    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Make what students get: release/ASSIGNMENT.")
    static final class Release extends Step {
        @Option(names = "--force", description = "Replace what was released before.")
        private boolean force;

        @Option(
                names = "--variants",
                description = "Give each student of students.csv numbers of their own: variants/STUDENT/ASSIGNMENT.")
        private boolean variants;

        @Option(names = "--no-run", description = "Do not run the solutions to see whether they pass the tests.")
        private boolean still;

        @Override
        int run(CourseFolder folder, String name) throws NotebookException {
            List<String> failures = still || !folder.faults(name).isEmpty() ? List.of() : folder.failures(name);
            if (!failures.isEmpty()) {
                throw NotebookException.usage(String.join("\n", failures) + "\nnothing was released.");
            }
            List<Path> made = variants
                    ? VariantRelease.write(
                            folder, name, Roster.of(folder.root()).ids(), force)
                    : folder.release(name, force);
            made.forEach(out()::println);
            return 0;
        }
    }

    /** {@code grade}. */
    @Command(
            name = "grade",
            mixinStandardHelpOptions = true,
            description = "Run and score what is in submitted/; write autograded/ and grades.csv.")
    static final class Grading extends Step {
        @Option(names = "--jobs", paramLabel = "N", description = "Submissions at a time (default: ${DEFAULT-VALUE}).")
        private int jobs = 1;

        @Option(names = "--force", description = "Run also what was graded before and has not changed.")
        private boolean force;

        @Override
        int run(CourseFolder folder, String name) throws NotebookException {
            if (jobs < 1 || jobs > 64) {
                throw NotebookException.usage("--jobs must be from 1 to 64, was " + jobs + ".");
            }
            var grader = new Grader(folder, name, err()::println);
            grader.ranUnder().forEach(line -> err().println("submissions run under: " + line));
            List<StudentGrade> grades = grader.all(jobs, force);
            for (StudentGrade grade : grades) {
                out().println(grade.student() + "\t" + grade.points() + "\t" + grade.most());
                grade.notes().forEach(note -> err().println(grade.student() + ": " + note));
            }
            grader.strangers().forEach(id -> err().println(id + ": is not in students.csv"));
            err().println(summary(grades) + "; the scores are in grades.csv");
            return 0;
        }
    }

    private static String summary(List<StudentGrade> grades) {
        var said = new StringBuilder();
        for (StudentGrade.State state : StudentGrade.State.values()) {
            long count = grades.stream().filter(g -> g.state() == state).count();
            if (count > 0) {
                said.append(said.isEmpty() ? "" : ", ").append(count).append(' ');
                said.append(state.name().toLowerCase(Locale.ROOT));
            }
        }
        long late = grades.stream().filter(g -> g.late() > 0).count();
        return (said.isEmpty() ? "no submissions" : said) + (late > 0 ? ", " + late + " late" : "");
    }

    /** {@code feedback}. */
    @Command(
            name = "feedback",
            mixinStandardHelpOptions = true,
            description = "Write pages for students, without hidden tests: feedback/STUDENT/ASSIGNMENT.")
    static final class Pages extends Step {
        @Override
        int run(CourseFolder folder, String name) throws NotebookException {
            FeedbackPages.write(folder, name).forEach(out()::println);
            return 0;
        }
    }

    /** {@code report}. */
    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "Write tables, a histogram and a page on the class: report/ASSIGNMENT.")
    static final class Report extends Step {
        @Override
        int run(CourseFolder folder, String name) throws NotebookException {
            ReportFiles.write(folder, name).forEach(out()::println);
            return 0;
        }
    }
}
