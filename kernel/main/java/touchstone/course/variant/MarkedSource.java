package touchstone.course.variant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The lines of a cell that end in {@code // VARIANT values} or {@code // EXPECTED expression}.
 *
 * @param source the cell's
 * @param lines those that bear a mark and are well
 * @param faults of the others, a sentence each with the line's number from 1
 */
public record MarkedSource(String source, List<MarkedLine> lines, List<String> faults) {
    public MarkedSource {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
    }

    /** Reads a cell's source. */
    public static MarkedSource of(String source) {
        var lines = new ArrayList<MarkedLine>();
        var faults = new ArrayList<String>();
        var drawn = new HashSet<String>();
        String[] all = source.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            int number = i + 1;
            try {
                MarkedLine.of(all[i], number).ifPresent(line -> {
                    lines.add(line);
                    if (!line.expected() && !drawn.add(line.name())) {
                        faults.add(
                                "line " + number + " draws " + line.name() + " a second time; give it another name.");
                    }
                });
            } catch (IllegalArgumentException e) {
                faults.add("line " + number + " with VARIANT or EXPECTED " + e.getMessage() + ".");
            }
        }
        return new MarkedSource(source, lines, faults);
    }

    /** Whether a source bears a mark, well or not. */
    public static boolean bearsMarks(String source) {
        return source.lines().anyMatch(MarkedLine::bears);
    }

    /** A source without marks. */
    public static String withoutMarks(String source) {
        return bearsMarks(source)
                ? List.of(source.split("\n", -1)).stream()
                        .map(MarkedLine::withoutMark)
                        .collect(Collectors.joining("\n"))
                : source;
    }

    /** Whether a value is computed by an expression. */
    public boolean hasExpected() {
        return lines.stream().anyMatch(MarkedLine::expected);
    }

    /** The source with other code in place of the literals of all drawn lines, or of all others. */
    public String with(boolean expected, Function<MarkedLine, String> replacement) {
        String[] all = source.split("\n", -1);
        for (MarkedLine line : lines) {
            if (line.expected() == expected) {
                all[line.number() - 1] = line.with(replacement.apply(line));
            }
        }
        return String.join("\n", all);
    }
}
