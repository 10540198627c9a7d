package touchstone.course;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;

/**
 * A cell that earns points, as a reader knows it.
 *
 * @param marks of the cell
 * @param title the heading above it, with the grade id where several cells stand below one heading; the grade id where there
 *     is no heading
 * @param hidden how many hidden tests it has
 */
record Exercise(CellMarks marks, String title, int hidden) {
    private record Place(CellMarks marks, String heading, int hidden) {}

    /** The exercises of a source notebook, in order. A single heading of level 1 names the notebook, not an exercise. */
    static List<Exercise> of(Notebook source) {
        boolean chapters = headings(source).filter(line -> level(line) == 1).count() > 1;
        var places = new ArrayList<Place>();
        String heading = "";
        for (Cell cell : source.cells()) {
            if (given(cell)) {
                heading = lines(cell)
                        .filter(line -> level(line) > (chapters ? 0 : 1))
                        .map(Exercise::text)
                        .reduce(heading, (before, last) -> last);
            }
            CellMarks marks =
                    CellMarks.of(cell).filter(m -> m.grade() || m.task()).orElse(null);
            if (marks != null) {
                places.add(
                        new Place(marks, heading, Statements.count(CourseSettings.HIDDEN_TESTS.inside(cell.source()))));
            }
        }
        return places.stream().map(place -> named(place, places)).toList();
    }

    private static Exercise named(Place place, List<Place> all) {
        String id = place.marks.id();
        long same =
                all.stream().filter(each -> each.heading.equals(place.heading)).count();
        String title = place.heading.isEmpty() ? id : same > 1 ? place.heading + " (" + id + ")" : place.heading;
        return new Exercise(place.marks, title, place.hidden);
    }

    private static Stream<String> headings(Notebook source) {
        return source.cells().stream().filter(Exercise::given).flatMap(Exercise::lines);
    }

    /** Whether a cell is text that students are given. */
    private static boolean given(Cell cell) {
        return cell.type().equals("markdown")
                && CellMarks.of(cell).filter(CellMarks::solution).isEmpty();
    }

    /** The headings of a cell, outside fenced code and what students are not shown. */
    private static Stream<String> lines(Cell cell) {
        String shown = CourseSettings.SOLUTION.removed(CourseSettings.MARK_SCHEME.removed(cell.source()));
        return shown.replaceAll("(?ms)^```.*?^```", "").lines().filter(line -> level(line) > 0);
    }

    private static int level(String line) {
        return line.matches("#{1,6}\\s+\\S.*") ? line.indexOf(' ') : 0;
    }

    private static String text(String heading) {
        return heading.replaceFirst("^#+\\s+", "")
                .replaceAll("\\s+#+$", "")
                .replaceAll("[*`$]", "")
                .strip();
    }
}
