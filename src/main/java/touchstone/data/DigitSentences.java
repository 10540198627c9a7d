package touchstone.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * A made-up corpus about the ten digits: short sentences on how each is drawn and counted, such as "the top of nine is a loop" or
 * "after six comes seven". What the sentences say of shapes was written down by hand, from how digits are commonly drawn, and not
 * taken from any image.
 */
public final class DigitSentences {
    /** The names of 0 to 9. */
    public static final List<String> NAMES =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    /** Of each digit: the upper part, the lower part, the look, and whether it encloses paper. */
    private static final String[][] SHAPES = {
        {"curve", "curve", "round", "closed"},
        {"stroke", "stroke", "straight", "open"},
        {"curve", "stroke", "mixed", "open"},
        {"curve", "curve", "round", "open"},
        {"stroke", "stroke", "straight", "open"},
        {"stroke", "curve", "mixed", "open"},
        {"curve", "loop", "round", "closed"},
        {"stroke", "stroke", "straight", "open"},
        {"loop", "loop", "round", "closed"},
        {"loop", "stroke", "mixed", "closed"}
    };

    /** The ten digits as lit segments of a seven-segment display: top, upper left and right, middle, lower left and right, bottom. */
    private static final String[] SEGMENTS = {
        "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"
    };

    private DigitSentences() {}

    /** So many sentences as lists of words, each of a digit and a statement drawn evenly; count is 1 or more. */
    public static List<List<String>> generate(int count, long seed) {
        Check.atLeast(count, 1, "count");
        RandomGenerator rng = Seeds.rng(seed, "digit sentences");
        var sentences = new ArrayList<List<String>>();
        for (int i = 0; i < count; i++) {
            sentences.add(List.of(sentence(rng.nextInt(10), rng.nextInt(7), rng.nextInt(2))
                    .toLowerCase(Locale.ROOT)
                    .split(" ")));
        }
        return List.copyOf(sentences);
    }

    private static String sentence(int digit, int kind, int part) {
        String name = NAMES.get(digit);
        String[] shape = SHAPES[digit];
        return switch (kind) {
            case 0 -> "the top of " + name + " is a " + shape[0];
            case 1 -> "the bottom of " + name + " is a " + shape[1];
            case 2 -> name + " looks " + shape[2];
            case 3 -> name + " is " + shape[3];
            case 4 -> name + " is " + (digit % 2 == 0 ? "even" : "odd");
            case 5 -> "after " + name + " comes " + (digit == 9 ? "ten" : NAMES.get(digit + 1));
            default -> "we write " + name + " with a " + shape[part];
        };
    }

    /** Codes of a seven-segment display, [10, 7]: 1 for a lit segment, -1 for a dark one. */
    public static double[][] sevenSegments() {
        var codes = new double[10][7];
        for (int digit = 0; digit < 10; digit++) {
            for (int s = 0; s < 7; s++) {
                codes[digit][s] = SEGMENTS[digit].charAt(s) == '1' ? 1 : -1;
            }
        }
        return codes;
    }
}
