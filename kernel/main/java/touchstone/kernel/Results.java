package touchstone.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.engine.Outcome;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.MagicParser;

/**
 * What cells were and gave: {@code In[3]}, {@code Out[3]} and {@code _}, the last result. They become calls with a cast
 * to the result's type. The values of the last 30 cells are kept; the texts of the last 1,000.
 */
final class Results {
    private record Result(@Nullable Object value, String expression, String type) {}

    private static final int VALUES = 30;
    private static final int TEXTS = 1_000;
    private static final Pattern REFERENCE =
            Pattern.compile("(?<![\\w.$])(?:(In|Out)\\[\\s*(\\d{1,9})\\s*\\]|_(?![\\w$]))");
    private static final Map<String, String> PRIMITIVES = Map.of(
            "int",
            "Integer",
            "char",
            "Character",
            "long",
            "Long",
            "double",
            "Double",
            "float",
            "Float",
            "boolean",
            "Boolean",
            "short",
            "Short",
            "byte",
            "Byte");
    private static final Pattern DENOTABLE = Pattern.compile("[\\w.$<>,\\[\\] ?]+");
    /** What may follow {@code _} where it is a value and not the name of something that is not used. */
    private static final Pattern AFTER_VALUE = Pattern.compile("\\s*(?:[.;)\\]+*/%<>!&|^?]|-(?!>)|==|\\z|\\n)");

    private final UnaryOperator<String> typeOf;
    private final Map<Integer, Result> values = new LinkedHashMap<>();
    private final Map<Integer, String> texts = new LinkedHashMap<>();
    private int last;

    /** @param typeOf gives the static type of an expression, or an empty text */
    Results(UnaryOperator<String> typeOf) {
        this.typeOf = typeOf;
    }

    synchronized void remember(int number, String code, Outcome outcome) {
        texts.put(number, code);
        trim(texts, TEXTS);
        if (outcome.hasValue() && outcome.value() != null) {
            values.put(number, new Result(outcome.value(), outcome.expression(), outcome.valueType()));
            trim(values, VALUES);
            last = number;
        }
    }

    /** Forgets everything. */
    synchronized void clear() {
        values.clear();
        texts.clear();
        last = 0;
    }

    /** The value of a cell. */
    synchronized Object out(int number) {
        Result result = values.get(number);
        if (result == null || result.value() == null) {
            throw new MagicException("Out[" + number + "] is not there: cell " + number
                    + " gave no value, or more than " + VALUES + " values were given since");
        }
        return result.value();
    }

    /** The text of a cell. */
    synchronized String in(int number) {
        String text = texts.get(number);
        if (text == null) {
            throw new MagicException("In[" + number + "] is not there: no such cell ran in this session");
        }
        return text;
    }

    /** The cell with references turned into calls; every line keeps its number. */
    synchronized String expand(String code) {
        if (code.indexOf('_') < 0 && !code.contains("Out[") && !code.contains("In[")) {
            return code;
        }
        var out = new StringBuilder(code.length() + 64);
        Matcher reference = REFERENCE.matcher(code);
        int i = 0;
        while (i < code.length()) {
            int skipped = MagicParser.skipLiteralOrComment(code, i);
            if (skipped > i) {
                out.append(code, i, skipped);
                i = skipped;
            } else if (reference
                    .region(i, code.length())
                    .useTransparentBounds(true)
                    .lookingAt()) {
                out.append(call(code, reference));
                i = reference.end();
            } else {
                out.append(code.charAt(i++));
            }
        }
        return out.toString();
    }

    private String call(String code, Matcher reference) {
        if (reference.group(1) == null) {
            boolean value = last > 0
                    && AFTER_VALUE
                            .matcher(code)
                            .region(reference.end(), code.length())
                            .lookingAt()
                    && !code.substring(lineStart(code, reference.start()), reference.start())
                            .matches("(?s).*(\\b(instanceof|case|catch)\\b.*|[\\w>\\]]\\s+)");
            return value ? cast(last) : reference.group();
        }
        int number = Integer.parseInt(reference.group(2));
        return reference.group(1).equals("In") ? "getKernelInstance().in(" + number + ")" : cast(number);
    }

    private static int lineStart(String code, int at) {
        return code.lastIndexOf('\n', at - 1) + 1;
    }

    private String cast(int number) {
        Result result = values.get(number);
        String call = "getKernelInstance().out(" + number + ")";
        String type = result == null ? "" : typeOf(number, result);
        return DENOTABLE.matcher(type).matches() ? "((" + type + ") " + call + ")" : call;
    }

    /** The type as it was noted, else as the expression has it now, if the value still has that type. */
    private String typeOf(int number, Result result) {
        if (!result.type().isEmpty() || result.expression().isEmpty() || result.value() == null) {
            return result.type();
        }
        String now = typeOf.apply(result.expression());
        String type = isOf(result.value(), now) ? now : "";
        values.replace(number, new Result(result.value(), "", type));
        return type;
    }

    private static boolean isOf(Object value, String type) {
        if (type.endsWith("[]")) {
            return value.getClass().isArray();
        }
        String erased = type.replaceFirst("<.*", "");
        String name = erased.substring(erased.lastIndexOf('.') + 1);
        Class<?> boxed = value.getClass();
        return PRIMITIVES.getOrDefault(name, name).equals(boxed.getSimpleName()) || hasSupertype(boxed, name);
    }

    private static boolean hasSupertype(@Nullable Class<?> type, String simpleName) {
        return type != null
                && (type.getSimpleName().equals(simpleName)
                        || hasSupertype(type.getSuperclass(), simpleName)
                        || Arrays.stream(type.getInterfaces()).anyMatch(each -> hasSupertype(each, simpleName)));
    }

    private static void trim(Map<Integer, ?> map, int most) {
        if (map.size() > most) {
            var oldest = map.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
