package touchstone.kernel;

import com.google.gson.JsonObject;
import java.util.Locale;
import touchstone.kernel.display.HtmlText;
import touchstone.kernel.display.MimeBundle;

/**
 * Partial credit, as the last expression of a test cell:
 * {@code Grade.points(2, 3).because("ties count one half")}. As plain text it is its points alone, which is what
 * nbgrader reads as a score.
 *
 * @param got points earned, from 0 to the most
 * @param max points that can be earned; those of the cell
 * @param message why, for the student; may be empty
 * @param open whether the student may read the message even where the cell has hidden tests
 */
public record Grade(double got, double max, String message, boolean open) {
    /** The format that graders read: {@code {"points", "max", "because", "shown"}}. */
    public static final String MIME = "application/vnd.touchstone.grade+json";

    public Grade {
        if (!(max > 0) || Double.isInfinite(max)) {
            throw new IllegalArgumentException("max must be a number of points above 0, was " + max);
        }
        if (!(got >= 0 && got <= max)) {
            throw new IllegalArgumentException("got must be from 0 to max (" + max + "), was " + got);
        }
    }

    /**
     * So many points of so many.
     *
     * @throws IllegalArgumentException if max is not above 0, or got is not from 0 to max
     */
    public static Grade points(double got, double max) {
        return new Grade(got, max, "", false);
    }

    /** The same with a reason. Where the cell has hidden tests, students do not see it unless it is {@link #shown}. */
    public Grade because(String reason) {
        return new Grade(got, max, reason.strip(), open);
    }

    /** The same with a reason that students may read even if the cell has hidden tests. */
    public Grade shown() {
        return new Grade(got, max, message, true);
    }

    /** As a number, as a line to read, and as data for a grader. */
    void render(MimeBundle bundle) {
        var json = new JsonObject();
        json.addProperty("points", got);
        json.addProperty("max", max);
        json.addProperty("because", message);
        json.addProperty("shown", open);
        bundle.put(MimeBundle.TEXT, toString());
        bundle.put(
                MimeBundle.HTML,
                "<b>" + number(got) + " of " + number(max) + " points</b>"
                        + (message.isEmpty() ? "" : ": " + HtmlText.escape(message)));
        bundle.put(MIME, json);
    }

    private static String number(double points) {
        return points == Math.rint(points) ? Long.toString((long) points) : String.format(Locale.ROOT, "%.4g", points);
    }

    /** The points alone, as a decimal number. */
    @Override
    public String toString() {
        return Double.toString(got);
    }
}
