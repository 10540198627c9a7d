package touchstone.course;

import java.util.function.UnaryOperator;
import touchstone.kernel.display.HtmlText;

/**
 * What a student is told of one exercise.
 *
 * @param score with points that a person gave
 * @param story what happened, in words
 * @param message what the test says; empty when it says nothing, or nothing for the student
 * @param comment of a person, as Markdown; may be empty
 */
record FeedbackBox(Exercise exercise, CellScore score, String story, String message, String comment) {
    /** The box below the exercise's cell. */
    String html(UnaryOperator<String> markdown) {
        ScoreState state = ScoreState.of(score);
        var html = new StringBuilder("<aside class=\"mark " + state.key() + "\" aria-label=\"Points for "
                + HtmlText.escape(exercise.title()) + "\">\n<p><span class=\"sign\" aria-hidden=\"true\">"
                + state.sign()
                + "</span> <strong>" + points() + "</strong> <span class=\"story\">" + HtmlText.escape(story)
                + "</span></p>\n");
        if (!message.isEmpty()) {
            html.append("<p class=\"message\">")
                    .append(HtmlText.escape(message))
                    .append("</p>\n");
        }
        if (!comment.isEmpty()) {
            html.append("<div class=\"comment\"><p class=\"by\">Comment</p>\n")
                    .append(markdown.apply(comment))
                    .append("</div>\n");
        }
        return html.append("</aside>\n").toString();
    }

    /** The exercise's line of the table. */
    String row() {
        ScoreState state = ScoreState.of(score);
        String told = !story.isEmpty() && message.isEmpty() ? story : message.isEmpty() ? state.label() : message;
        return "<tr class=\"" + state.key() + "\"><td><a href=\"#" + anchor() + "\">"
                + HtmlText.escape(exercise.title())
                + "</a></td><td class=\"number\">"
                + (score.points().isPresent() ? Grader.number(score.points().getAsDouble()) : "not yet")
                + "</td><td class=\"number\">" + Grader.number(score.most())
                + "</td><td><span class=\"sign\" aria-hidden=\"true\">"
                + state.sign() + "</span> " + HtmlText.escape(told)
                + (comment.isEmpty() ? "" : " <span class=\"has\">with a comment</span>") + "</td></tr>\n";
    }

    /** Where a link to the exercise leads. */
    String anchor() {
        return "exercise-" + exercise.marks().id();
    }

    private String points() {
        return score.points().isPresent()
                ? Grader.number(score.points().getAsDouble()) + " of " + Grader.number(score.most()) + " points"
                : "not graded yet, " + Grader.number(score.most()) + " points at most";
    }
}
