package touchstone.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A class's scores as comma-separated tables: numbers with a decimal point, what is missing left empty. */
final class ReportTables {
    private ReportTables() {}

    /** A row a student: the points of each exercise and their sum. */
    static String grades(ClassReport report) {
        var header = new ArrayList<String>(List.of("student", "last_name", "first_name"));
        header.addAll(report.titles().keySet());
        header.addAll(List.of("total", "max", "percent", "waiting", "late", "notes"));
        var rows = new ArrayList<List<String>>();
        rows.add(header);
        report.students().forEach(each -> rows.add(row(report, each)));
        return Csv.text(rows);
    }

    private static List<String> row(ClassReport report, Scored scored) {
        StudentGrade grade = scored.grade();
        Map<String, CellScore> scores =
                grade.scores().stream().collect(Collectors.toMap(CellScore::id, Function.identity(), (a, b) -> a));
        List<String> row = who(report, grade.student());
        for (String id : report.titles().keySet()) {
            CellScore score = scores.get(id);
            row.add(score == null ? "" : number(score.points()));
        }
        row.add(scored.graded() ? Checksum.python(grade.points()) : "");
        row.add(Checksum.python(grade.most()));
        row.add(scored.graded() ? String.format(Locale.ROOT, "%.2f", scored.percent()) : "");
        row.add(Integer.toString(grade.waiting()));
        row.add(scored.late());
        row.add(Csv.harmless(String.join("; ", grade.notes())));
        return row;
    }

    private static List<String> who(ClassReport report, String student) {
        Roster.Student named = report.roster().anyone(student);
        return new ArrayList<String>(
                List.of(Csv.harmless(student), Csv.harmless(named.lastName()), Csv.harmless(named.firstName())));
    }

    /** A row a student and exercise, each column of one type. */
    static String scores(ClassReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("student", "assignment", "exercise", "points", "max", "share", "state", "why"));
        for (Scored scored : report.students()) {
            for (CellScore score : scored.grade().scores()) {
                boolean shares = score.points().isPresent() && score.most() > 0;
                rows.add(List.of(
                        Csv.harmless(scored.grade().student()),
                        report.assignment(),
                        score.id(),
                        number(score.points()),
                        Checksum.python(score.most()),
                        shares ? Checksum.python(score.points().getAsDouble() / score.most()) : "",
                        ScoreState.of(score).key(),
                        Csv.harmless(score.why())));
            }
        }
        return Csv.text(rows);
    }

    private static String number(OptionalDouble points) {
        return points.isPresent() ? Checksum.python(points.getAsDouble()) : "";
    }
}
