package touchstone.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Regions of a cell between lines that hold a begin and an end mark, as nbgrader finds them.
 *
 * @param begin text that a line holds where a region begins
 * @param end text that a line holds where it ends
 */
record Regions(String begin, String end) {
    /** What is wrong with the regions of a source; empty when nothing is. */
    String fault(String source) {
        boolean inside = false;
        for (String line : source.split("\n", -1)) {
            if (line.contains(begin)) {
                if (inside) {
                    return "has a \"" + begin + "\" inside another";
                }
                inside = true;
            } else if (line.contains(end)) {
                if (!inside) {
                    return "has a \"" + end + "\" without a \"" + begin + "\" before it";
                }
                inside = false;
            }
        }
        return inside ? "has a \"" + begin + "\" without a \"" + end + "\"" : "";
    }

    /** Whether a source has such a region. */
    boolean in(String source) {
        return source.contains(begin);
    }

    /** What the regions hold, line by line, without the lines of the marks. */
    String inside(String source) {
        var held = new ArrayList<String>();
        boolean inside = false;
        for (String line : source.split("\n", -1)) {
            if (line.contains(begin)) {
                inside = true;
            } else if (line.contains(end)) {
                inside = false;
            } else if (inside) {
                held.add(line);
            }
        }
        return String.join("\n", held);
    }

    /** The source without its regions. */
    String removed(String source) {
        return replaced(source, List.of());
    }

    /** The source with lines in place of each region, indented as the line that begins it. */
    String replaced(String source, String stub) {
        return replaced(source, Arrays.asList(stub.split("\n", -1)));
    }

    private String replaced(String source, List<String> stub) {
        var kept = new ArrayList<String>();
        boolean inside = false;
        for (String line : source.split("\n", -1)) {
            if (line.contains(begin)) {
                String indent =
                        line.substring(0, line.length() - line.stripLeading().length());
                stub.forEach(each -> kept.add(indent + each));
                inside = true;
            } else if (line.contains(end)) {
                inside = false;
            } else if (!inside) {
                kept.add(line);
            }
        }
        return String.join("\n", kept);
    }
}
