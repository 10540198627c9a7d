package touchstone.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plausible wrong answer to an exercise. In a file of them each begins with a line {@code === group cell test points fault}; those of a
 * group go into one submission.
 *
 * @param group name of the submission that holds it
 * @param cell grade id of the solution that it replaces
 * @param test grade id of the test that it costs points
 * @param points left of that test's
 * @param code of the answer
 */
record WrongSolution(String group, String cell, String test, double points, String code) {
    private static final Pattern HEAD = Pattern.compile("=== (\\w+) (\\S+) (\\S+) ([0-9.]+) .+");

    /** All of a file. */
    static List<WrongSolution> of(Path file) {
        try {
            var all = new ArrayList<WrongSolution>();
            for (String each : Files.readString(file).split("(?m)^(?==== )")) {
                String head = each.lines().findFirst().orElse("");
                if (!head.isEmpty()) {
                    all.add(parse(head, each.substring(head.length()).strip()));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WrongSolution parse(String head, String code) {
        Matcher m = HEAD.matcher(head);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "a wrong solution must begin with === group cell test points fault: " + head);
        }
        return new WrongSolution(m.group(1), m.group(2), m.group(3), Double.parseDouble(m.group(4)), code);
    }
}
