package touchstone.cli;

import java.util.Locale;
import picocli.CommandLine.Command;
import touchstone.course.CourseFolder;
import touchstone.course.SimilarityReport;
import touchstone.course.similar.Pair;
import touchstone.notebook.NotebookException;

/** {@code touchstone course similar}. */
@Command(
        name = "similar",
        mixinStandardHelpOptions = true,
        description = "Show which submissions share code beyond the release: similar/ASSIGNMENT.csv and .html.",
        footer = {"", "What it finds is for a person to look at, not a verdict: short solutions agree by necessity."})
final class CourseSimilarCommand extends CourseCommand.Step {
    private static final int SHOWN = 10;

    @Override
    int run(CourseFolder folder, String name) throws NotebookException {
        SimilarityReport report = SimilarityReport.of(folder, name);
        report.notes().forEach(err()::println);
        for (Pair pair :
                report.pairs().subList(0, Math.min(SHOWN, report.pairs().size()))) {
            out().println(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%.0f %%\t%.0f %%\t%d tokens",
                    pair.first(),
                    pair.second(),
                    100 * pair.firstInSecond(),
                    100 * pair.secondInFirst(),
                    pair.longest()));
        }
        report.write(folder, name).forEach(err()::println);
        err().println("evidence to look at, not a verdict");
        return 0;
    }
}
