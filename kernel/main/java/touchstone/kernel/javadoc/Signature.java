package touchstone.kernel.javadoc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A signature as JShell writes it, taken apart: {@code int Math.max(int a, int b)}, {@code ArrayList<E>(int)},
 * {@code System.out:java.io.PrintStream}, {@code java.util.List<E>}.
 *
 * @param owner the class that declares it, as the signature names it; empty where it names none
 * @param name the member's name; {@code <init>} for a constructor, empty for a type
 */
public record Signature(Kind kind, String owner, String name, List<Parameter> parameters) {
    /** A constant of an enum is written as a type is: {@code Thread.State.NEW}. */
    public enum Kind {
        METHOD,
        CONSTRUCTOR,
        FIELD,
        TYPE_OR_CONSTANT
    }

    /**
     * A parameter.
     *
     * @param type as written, annotations and type arguments included
     * @param name empty where the class file does not tell
     */
    public record Parameter(String type, String name) {
        /** The type without package, outer class and type arguments, such as {@code Entry[]}. */
        String erased() {
            return erase(type);
        }

        private String text() {
            return name.isEmpty() ? type : type + " " + name;
        }
    }

    private static final Pattern ANNOTATION = Pattern.compile("@[\\w.]+(?:\\([^)]*\\))?\\s*");
    private static final Pattern PACKAGE = Pattern.compile("(?<![\\w.$])(?:[a-z_][\\w$]*\\.)+(?=[A-Z])");
    private static final Pattern MADE_UP = Pattern.compile("(?:arg|var)\\d+|");

    public Signature {
        parameters = List.copyOf(parameters);
    }

    public static Signature parse(String text) {
        int open = text.indexOf('(');
        if (open >= 0) {
            String head = text.substring(0, open).strip();
            String called = withoutArguments(afterBlank(head));
            List<Parameter> parameters = parameters(text.substring(open + 1, closing(text, open)));
            return afterBlank(head).length() == head.length()
                    ? new Signature(Kind.CONSTRUCTOR, called, "<init>", parameters)
                    : member(Kind.METHOD, called, parameters);
        }
        int colon = text.indexOf(':');
        if (colon >= 0) {
            return member(Kind.FIELD, withoutArguments(text.substring(0, colon)), List.of());
        }
        return new Signature(Kind.TYPE_OR_CONSTANT, withoutArguments(text).strip(), "", List.of());
    }

    /** Whether the parameters' names are missing or made up by the compiler. */
    public boolean isNameless() {
        return !parameters.isEmpty()
                && parameters.stream()
                        .allMatch(each -> MADE_UP.matcher(each.name()).matches());
    }

    /**
     * A signature as a reader likes it: {@code <E> List<E> List.of(E e1)} for JShell's {@code java.util.List<E>
     * java.util.List<E>.<E>of(E e1)}. That of a type stays as it is.
     *
     * @param names of the parameters, to be shown in place of missing ones; may be too few, then none is
     */
    public static String shown(String text, List<String> names) {
        Signature parsed = parse(text);
        if (parsed.kind() == Kind.TYPE_OR_CONSTANT) {
            return text;
        }
        int open = text.indexOf('(');
        if (open < 0) {
            return PACKAGE.matcher(text).replaceAll("");
        }
        var parameters = new ArrayList<String>();
        for (int i = 0; i < parsed.parameters().size(); i++) {
            Parameter each = parsed.parameters().get(i);
            boolean better =
                    parsed.isNameless() && names.size() == parsed.parameters().size();
            parameters.add((better ? new Parameter(each.type(), names.get(i)) : each).text());
        }
        String whole = head(text.substring(0, open).strip(), parsed) + "(" + String.join(", ", parameters)
                + text.substring(closing(text, open));
        return PACKAGE.matcher(whole).replaceAll("");
    }

    /** Type parameters first, as in a declaration, and none on the owner of a method. */
    private static String head(String head, Signature parsed) {
        if (parsed.kind() == Kind.CONSTRUCTOR) {
            return head;
        }
        String called = afterBlank(head);
        int generic = called.startsWith("<") ? 0 : called.indexOf(".<") + 1;
        String variables = generic > 0 || called.startsWith("<")
                ? called.substring(generic, called.length() - parsed.name().length()) + " "
                : "";
        String owner = parsed.owner().isEmpty() ? "" : parsed.owner() + ".";
        return variables + head.substring(0, head.length() - called.length()) + owner + parsed.name();
    }

    /** The types' plain names, by which overloads are told apart. */
    List<String> erasedTypes() {
        return parameters.stream().map(Parameter::erased).collect(Collectors.toList());
    }

    /** A type without package, outer class, annotations and type arguments; {@code T...} is {@code T[]}. */
    public static String erase(String type) {
        String plain = withoutArguments(ANNOTATION.matcher(type).replaceAll(""))
                .replace("...", "[]")
                .replace(" ", "");
        return plain.substring(plain.lastIndexOf('.') + 1);
    }

    private static Signature member(Kind kind, String called, List<Parameter> parameters) {
        int dot = called.lastIndexOf('.');
        return new Signature(kind, dot < 0 ? "" : called.substring(0, dot), called.substring(dot + 1), parameters);
    }

    private static List<Parameter> parameters(String text) {
        var parameters = new ArrayList<Parameter>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                String one = text.substring(start, i).strip();
                if (!one.isEmpty()) {
                    String name = afterBlank(one);
                    boolean named = name.length() < one.length() && name.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*");
                    parameters.add(
                            named
                                    ? new Parameter(
                                            one.substring(0, one.length() - name.length())
                                                    .strip(),
                                            name)
                                    : new Parameter(one, ""));
                }
                start = i + 1;
            }
        }
        return parameters;
    }

    /** What follows the last blank that is not within type arguments; the whole where there is none. */
    private static String afterBlank(String text) {
        int depth = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            depth += c == '>' || c == ')' ? 1 : c == '<' || c == '(' ? -1 : 0;
            if (c == ' ' && depth == 0) {
                return text.substring(i + 1);
            }
        }
        return text;
    }

    private static String withoutArguments(String text) {
        var plain = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '<' ? 1 : 0;
            if (depth == 0) {
                plain.append(c);
            }
            depth -= c == '>' ? 1 : 0;
        }
        return plain.toString();
    }

    private static int closing(String text, int open) {
        int last = text.lastIndexOf(')');
        return last < open ? text.length() : last;
    }
}
