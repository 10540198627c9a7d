package touchstone.course;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import touchstone.kernel.display.HtmlText;
import touchstone.notebook.Cell;
import touchstone.notebook.HtmlExport;
import touchstone.notebook.PageFrame;

/** The heading of a student's page, its table of exercises, and the boxes below the cells. */
final class FeedbackFrame implements PageFrame {
    private final FeedbackHeading heading;
    private final Scored scored;
    private final List<FeedbackBox> boxes;
    private final List<String> notes;

    FeedbackFrame(FeedbackHeading heading, Scored scored, List<FeedbackBox> boxes, List<String> notes) {
        this.heading = heading;
        this.scored = scored;
        this.boxes = List.copyOf(boxes);
        this.notes = List.copyOf(notes);
    }

    @Override
    public String title() {
        return "Feedback on " + heading.assignment() + ", " + heading.student();
    }

    @Override
    public String style() {
        return HtmlExport.resource("touchstone/course/course.css");
    }

    @Override
    public String head() {
        StudentGrade grade = scored.grade();
        var head = new StringBuilder("<header class=\"feedback\">\n<p class=\"course\">"
                + HtmlText.escape(heading.course())
                + "</p>\n<h1>Feedback on " + HtmlText.escape(heading.assignment()) + "</h1>\n<p class=\"who\">"
                + HtmlText.escape(heading.student()) + " \u00b7 " + HtmlText.escape(heading.notebook()) + "</p>\n"
                + "<p class=\"total\"><strong>" + Grader.number(grade.points()) + "</strong> of "
                + Grader.number(grade.most()) + " points"
                + (grade.waiting() > 0 ? ", " + grade.waiting() + " still to be graded by hand" : "") + "</p>\n");
        if (!scored.late().isEmpty()) {
            head.append("<p class=\"late\">Late: ")
                    .append(HtmlText.escape(scored.late()))
                    .append("</p>\n");
        }
        head.append("</header>\n").append(table());
        if (!notes.isEmpty()) {
            head.append("<section class=\"notes\">\n<h2>What was noted when your work was run</h2>\n<ul>\n");
            notes.forEach(
                    note -> head.append("<li>").append(HtmlText.escape(note)).append("</li>\n"));
            head.append("</ul>\n</section>\n");
        }
        return head.append("<hr>\n").toString();
    }

    private String table() {
        double points = boxes.stream()
                .mapToDouble(box -> box.score().points().orElse(0))
                .sum();
        double most = boxes.stream().mapToDouble(box -> box.score().most()).sum();
        var table = new StringBuilder(
                "<div class=\"wide\"><table class=\"exercises\">\n<thead><tr><th scope=\"col\">Exercise</th>"
                        + "<th scope=\"col\" class=\"number\">Points</th><th scope=\"col\" class=\"number\">Of</th>"
                        + "<th scope=\"col\">What happened</th></tr></thead>\n<tbody>\n");
        boxes.forEach(box -> table.append(box.row()));
        return table.append("</tbody>\n<tfoot><tr><th scope=\"row\">This notebook</th><td class=\"number\">")
                .append(Grader.number(points))
                .append("</td><td class=\"number\">")
                .append(Grader.number(most))
                .append("</td><td></td></tr></tfoot>\n</table></div>\n")
                .toString();
    }

    @Override
    public String before(Cell cell) {
        return box(cell)
                .map(box -> "<a class=\"anchor\" id=\"" + box.anchor() + "\"></a>\n")
                .orElse("");
    }

    @Override
    public String after(Cell cell, UnaryOperator<String> markdown) {
        return box(cell).map(box -> box.html(markdown)).orElse("");
    }

    private Optional<FeedbackBox> box(Cell cell) {
        return CellMarks.of(cell).flatMap(marks -> boxes.stream()
                .filter(box -> box.exercise().marks().id().equals(marks.id()))
                .findFirst());
    }
}
