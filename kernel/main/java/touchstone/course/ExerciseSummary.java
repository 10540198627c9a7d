package touchstone.course;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a class did in an exercise, over the students whose answer is graded.
 *
 * @param id grade id
 * @param title as a reader knows it
 * @param most points it can earn
 * @param graded how many answers are graded
 * @param meanShare mean of points / most, 0 to 1; empty when nothing is graded or there is nothing to earn
 * @param fullShare share of the answers that earned all points, 0 to 1; empty when nothing is graded
 * @param discrimination Pearson's correlation of the exercise's points with the sum of all other exercises' points, -1 to 1; empty
 *     for fewer than 3 answers and where either does not vary
 */
record ExerciseSummary(
        String id,
        String title,
        double most,
        int graded,
        OptionalDouble meanShare,
        OptionalDouble fullShare,
        OptionalDouble discrimination) {
    private static final int LEAST = 3;

    static ExerciseSummary of(String id, String title, List<StudentGrade> grades) {
        var own = new ArrayList<Double>();
        var rest = new ArrayList<Double>();
        double most = 0;
        for (StudentGrade grade : grades) {
            for (CellScore score : grade.scores()) {
                if (score.id().equals(id)) {
                    most = Math.max(most, score.most());
                    if (score.points().isPresent()) {
                        own.add(score.points().getAsDouble());
                        rest.add(withoutExercise(grade, id));
                    }
                }
            }
        }
        double all = most;
        OptionalDouble mean = own.stream().mapToDouble(Double::doubleValue).average();
        OptionalDouble full =
                own.stream().mapToDouble(points -> points >= all ? 1 : 0).average();
        return new ExerciseSummary(
                id,
                title,
                most,
                own.size(),
                mean.isPresent() && most > 0 ? OptionalDouble.of(mean.getAsDouble() / most) : OptionalDouble.empty(),
                full,
                correlation(own, rest));
    }

    private static double withoutExercise(StudentGrade grade, String id) {
        return grade.scores().stream()
                .filter(score -> !score.id().equals(id))
                .mapToDouble(score -> score.points().orElse(0))
                .sum();
    }

    /** Pearson's correlation; empty for fewer than 3 pairs and where one side does not vary. */
    static OptionalDouble correlation(List<Double> x, List<Double> y) {
        boolean varies =
                x.stream().distinct().count() > 1 && y.stream().distinct().count() > 1;
        if (x.size() < LEAST || !varies) {
            return OptionalDouble.empty();
        }
        double meanX = x.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double meanY = y.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.size(); i++) {
            double dx = x.get(i) - meanX;
            double dy = y.get(i) - meanY;
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }
        return OptionalDouble.of(Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))));
    }
}
