package touchstone.course;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import touchstone.kernel.display.HtmlText;
import touchstone.notebook.HtmlExport;

/** How a class did in an assignment, as a page for its instructor that is whole in itself. */
final class ReportPage {
    private final ClassReport report;
    private final StringBuilder html = new StringBuilder();

    private ReportPage(ClassReport report) {
        this.report = report;
    }

    /** The page's text. */
    static String html(ClassReport report) {
        var page = new ReportPage(report);
        page.html
                .append("<header class=\"report\">\n<p class=\"course\">")
                .append(HtmlText.escape(report.course()))
                .append("</p>\n<h1>Report on ")
                .append(HtmlText.escape(report.assignment()))
                .append("</h1>\n</header>\n");
        page.facts();
        page.html
                .append("<figure>\n")
                .append(ScoreHistogram.svg(report.percents(), "Scores of " + report.assignment()))
                .append("</figure>\n");
        page.exercises();
        page.students();
        page.howRun();
        return HtmlExport.page(
                "Report on " + report.assignment(),
                HtmlExport.resource("touchstone/course/course.css"),
                "<div class=\"report\">\n" + page.html + "</div>\n");
    }

    private void facts() {
        double[] percents = report.percents();
        var facts = new LinkedHashMap<String, String>();
        facts.put("graded", Integer.toString(percents.length));
        if (percents.length > 0) {
            facts.put("mean", percent(ClassReport.mean(percents)));
            facts.put("median", percent(ClassReport.quantile(percents, 0.5)));
            facts.put(
                    "quartiles",
                    number(ClassReport.quantile(percents, 0.25)) + " \u2013 "
                            + percent(ClassReport.quantile(percents, 0.75)));
        }
        facts.put("missing", count(report.count(StudentGrade.State.MISSING)));
        facts.put(
                "late",
                count(report.students().stream()
                        .filter(each -> !each.late().isEmpty())
                        .count()));
        facts.put("unreadable", count(report.count(StudentGrade.State.UNREADABLE)));
        int waiting = report.students().stream()
                .mapToInt(each -> each.grade().waiting())
                .sum();
        facts.put("answers to grade", Integer.toString(waiting));
        html.append("<dl class=\"facts\">\n");
        facts.forEach((name, value) -> html.append("<div><dt>" + name + "</dt><dd>" + value + "</dd></div>\n"));
        html.append(
                "</dl>\n<p class=\"small\">Percent of all points, over those of whom something was graded; quartiles by linear"
                        + " interpolation." + (waiting > 0 ? " Answers that wait for a person count nothing yet." : "")
                        + "</p>\n");
    }

    private void exercises() {
        html.append("<h2>Exercises</h2>\n<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Exercise</th>"
                + heads("Of", "Graded", "Mean share", "Full marks", "Discrimination") + "</tr></thead>\n<tbody>\n");
        for (ExerciseSummary each : report.exercises()) {
            html.append("<tr><td>" + HtmlText.escape(each.title()) + "</td>"
                    + cells(
                            Grader.number(each.most()),
                            Integer.toString(each.graded()),
                            share(each.meanShare()),
                            share(each.fullShare()),
                            each.discrimination().isPresent()
                                    ? String.format(
                                            Locale.ROOT,
                                            "%.2f",
                                            each.discrimination().getAsDouble())
                                    : "")
                    + "</tr>\n");
        }
        html.append(
                "</tbody>\n</table></div>\n<p class=\"small\">Discrimination is the item-rest correlation: Pearson's correlation of"
                        + " the points of an exercise with the sum of the points of all others, over the graded answers. Near 0 or below"
                        + " it, the exercise does not tell strong work from weak. It is empty for fewer than 3 answers and where one of"
                        + " the two does not vary.</p>\n");
    }

    private void students() {
        html.append("<h2>Students</h2>\n<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Student</th>"
                + heads("Points", "Percent") + "<th scope=\"col\">Notes</th></tr></thead>\n<tbody>\n");
        for (Scored each : report.students()) {
            StudentGrade grade = each.grade();
            boolean any = each.graded();
            student(
                    grade.student(),
                    cells(any ? Grader.number(grade.points()) : "", any ? number(each.percent()) : ""),
                    notes(each));
        }
        html.append("</tbody>\n</table></div>\n");
    }

    private void student(String id, String cells, List<String> notes) {
        html.append("<tr><td>" + HtmlText.escape(report.roster().anyone(id).named()) + "</td>" + cells + "<td>"
                + String.join("<br>", notes.stream().map(HtmlText::escape).toList()) + "</td></tr>\n");
    }

    private static List<String> notes(Scored each) {
        var notes = new java.util.ArrayList<String>();
        if (!each.late().isEmpty()) {
            notes.add("late: " + each.late());
        }
        int waiting = each.grade().waiting();
        if (waiting > 0) {
            notes.add(waiting + " to grade by hand");
        }
        notes.addAll(each.grade().notes());
        return notes;
    }

    /** What held the submissions while they ran, with how many that was so of. */
    private void howRun() {
        Map<String, Integer> lines = new LinkedHashMap<>();
        report.students().forEach(each -> each.ranUnder().forEach(line -> lines.merge(line, 1, Integer::sum)));
        long run = report.students().stream()
                .filter(each -> !each.ranUnder().isEmpty())
                .count();
        if (lines.isEmpty()) {
            return;
        }
        html.append("<h2>How submissions were run</h2>\n<ul>\n");
        lines.forEach((line, count) -> html.append("<li>" + HtmlText.escape(line)
                + (count == run ? "" : " (" + count + " of " + run + " submissions)")
                + "</li>\n"));
        html.append("</ul>\n");
    }

    private static String heads(String... names) {
        var heads = new StringBuilder();
        for (String name : names) {
            heads.append("<th scope=\"col\" class=\"number\">").append(name).append("</th>");
        }
        return heads.toString();
    }

    private static String cells(String... values) {
        var cells = new StringBuilder();
        for (String value : values) {
            cells.append("<td class=\"number\">").append(value).append("</td>");
        }
        return cells.toString();
    }

    private static String share(OptionalDouble share) {
        return share.isPresent() ? percent(100 * share.getAsDouble()) : "";
    }

    private static String percent(double percent) {
        return number(percent) + " %";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String count(long n) {
        return Long.toString(n);
    }
}
