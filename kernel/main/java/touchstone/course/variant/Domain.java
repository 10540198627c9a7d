package touchstone.course.variant;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that a number of a variant can have, numbered from 0. */
public sealed interface Domain {
    /** How many there are, from 1 to 2^53. */
    long size();

    /** One of them. */
    String value(long index);

    /** Whether a value is one of them. */
    boolean has(String value);

    /**
     * Values that are listed.
     *
     * @param type of the values
     * @param values at least one, each once
     */
    record Choice(LiteralType type, List<String> values) implements Domain {
        public Choice {
            values = List.copyOf(values);
            if (new HashSet<>(values).size() < values.size()) {
                throw new IllegalArgumentException("must name each value once, was " + values);
            }
        }

        @Override
        public long size() {
            return values.size();
        }

        @Override
        public String value(long index) {
            return values.get(Math.toIntExact(index));
        }

        @Override
        public boolean has(String value) {
            return values.stream().anyMatch(each -> type.same(each, value));
        }
    }

    /**
     * {@code low}, {@code low + step}, and so on, in decimal arithmetic, up to a limit.
     *
     * @param type a number's
     * @param low the least value
     * @param step above 0
     * @param size how many values there are
     */
    record Span(LiteralType type, BigDecimal low, BigDecimal step, long size) implements Domain {
        @Override
        public String value(long index) {
            BigDecimal exact = low.add(step.multiply(BigDecimal.valueOf(index)));
            return type == LiteralType.DOUBLE
                    ? Double.toString(exact.doubleValue())
                    : exact.toBigIntegerExact().toString();
        }

        @Override
        public boolean has(String value) {
            BigDecimal steps = new BigDecimal(value).subtract(low).divide(step, 0, RoundingMode.HALF_EVEN);
            boolean inside = steps.signum() >= 0 && steps.compareTo(BigDecimal.valueOf(size)) < 0;
            return inside && type.same(value(steps.longValue()), value);
        }
    }

    /**
     * Reads {@code 30..60}, {@code 0.1..0.9 step 0.1} or {@code {3, 5, 7}}.
     *
     * @throws IllegalArgumentException with a demand and the value
     */
    static Domain of(String text, LiteralType type) {
        Matcher range = Pattern.compile("(\\S+?)\\s*\\.\\.\\s*(\\S+)(?:\\s+step\\s+(\\S+))?")
                .matcher(text.strip());
        if (text.strip().startsWith("{")) {
            return new Choice(type, choices(text.strip(), type));
        }
        if (!type.isNumber() || !range.matches()) {
            String ranges = type.isNumber() ? "a range such as 3..9 or " : "";
            throw new IllegalArgumentException("must be " + ranges + "values of type " + type.javaName()
                    + " in braces, was \"" + text.strip() + "\"");
        }
        return span(range.group(1), range.group(2), range.group(3) == null ? "" : range.group(3), type);
    }

    private static List<String> choices(String text, LiteralType type) {
        String one = "\\s*(" + type.pattern() + ")\\s*";
        if (!text.matches("\\{" + one + "(," + one + ")*\\}")) {
            throw new IllegalArgumentException(
                    "must be literals of type " + type.javaName() + " in braces, was " + text);
        }
        var values = new ArrayList<String>();
        Matcher each = Pattern.compile("[{,]" + one).matcher(text);
        for (int from = 0; each.find(from); from = each.end()) {
            values.add(type.value(each.group(1)));
        }
        return values;
    }

    private static Span span(String first, String last, String by, LiteralType type) {
        BigDecimal low = new BigDecimal(type.value(first));
        BigDecimal high = new BigDecimal(type.value(last));
        if (by.isEmpty() && type == LiteralType.DOUBLE) {
            throw new IllegalArgumentException(
                    "must say the step of a range of doubles, such as 0.1..0.9 step 0.1, was " + first + ".." + last);
        }
        BigDecimal step = by.isEmpty() ? BigDecimal.ONE : new BigDecimal(type.value(by));
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("must have a step above 0, was " + by);
        }
        if (high.compareTo(low) < 0) {
            throw new IllegalArgumentException("must be a range from low to high, was " + first + ".." + last);
        }
        BigInteger size = high.subtract(low)
                .divide(step, 0, RoundingMode.FLOOR)
                .toBigInteger()
                .add(BigInteger.ONE);
        if (size.bitLength() > 53) {
            throw new IllegalArgumentException("must have at most 2^53 values, was " + first + ".." + last);
        }
        return new Span(type, low, step, size.longValueExact());
    }
}
