package touchstone.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import touchstone.notebook.Cell;
import touchstone.notebook.Json;
import touchstone.notebook.Notebook;

/**
 * Keeps hidden tests and mark schemes out of what a student gets back. Code that is graded runs beside the tests and may print
 * what it finds of them; output with a line of them, or with a sentence that they hold as a string, is withheld. White
 * space, escapes of JSON and of HTML, and breaks in mid-line do not help it; output that is encoded otherwise, or drawn, does.
 */
final class Withheld {
    static final String TEXT = "(withheld: it shows part of the hidden tests)";

    private static final int LEAST = 8;
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*+)\"");
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final Pattern ENTITY = Pattern.compile("&#(?:x([0-9a-fA-F]{1,5})|([0-9]{1,6}));");
    private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");

    private final Set<String> secrets;

    private Withheld(Set<String> secrets) {
        this.secrets = Set.copyOf(secrets);
    }

    /** What is secret in an assignment: what its notebooks hold between the marks, less what is also said outside them. */
    static Withheld of(List<Notebook> sources) {
        var secrets = new HashSet<String>();
        var open = new HashSet<String>();
        for (Notebook notebook : sources) {
            for (Cell cell : notebook.cells()) {
                String source = cell.source();
                String inside =
                        CourseSettings.HIDDEN_TESTS.inside(source) + "\n" + CourseSettings.MARK_SCHEME.inside(source);
                pieces(inside, secrets);
                pieces(CourseSettings.MARK_SCHEME.removed(CourseSettings.HIDDEN_TESTS.removed(source)), open);
            }
        }
        secrets.removeAll(open);
        return new Withheld(secrets);
    }

    /** The same with what tests with a hidden part said of a student, which is the instructor's alone. */
    Withheld with(List<String> messages) {
        var all = new HashSet<String>(secrets);
        messages.forEach(message -> pieces(message, all));
        return new Withheld(all);
    }

    private static void pieces(String text, Set<String> into) {
        for (String line : text.split("\n", -1)) {
            if (line.strip().length() >= LEAST && line.matches(".*[\\p{L}\\p{N}].*")) {
                into.add(bare(line));
            }
            Matcher string = STRING.matcher(line);
            while (string.find()) {
                if (string.group(1).length() >= LEAST && string.group(1).strip().contains(" ")) {
                    into.add(bare(string.group(1)));
                }
            }
        }
    }

    /** Whether a text holds something secret. */
    boolean in(String text) {
        String plain = bare(text);
        String marked = bare(unescaped(text));
        return secrets.stream().anyMatch(secret -> plain.contains(secret) || marked.contains(secret));
    }

    /** Text with its secret lines replaced; all of it where secrets are spread over lines. */
    String from(String text) {
        if (!in(text)) {
            return text;
        }
        String kept = text.lines().map(line -> in(line) ? TEXT : line).collect(Collectors.joining("\n"));
        return in(kept) ? TEXT : kept + (text.endsWith("\n") ? "\n" : "");
    }

    /** The outputs of a cell with what is secret replaced; the given ones are not changed. */
    JsonArray from(JsonArray outputs) {
        var kept = new JsonArray();
        outputs.forEach(each -> kept.add(from(each.getAsJsonObject().deepCopy())));
        var all = new StringBuilder();
        kept.forEach(each -> strings(each).forEach(all::append));
        if (!in(all.toString())) {
            return kept;
        }
        var instead = new JsonArray();
        instead.add(notice());
        return instead;
    }

    private JsonObject from(JsonObject output) {
        if (output.get("output_type").getAsString().equals("stream")) {
            output.addProperty("text", from(String.join("", strings(output.get("text")))));
            return output;
        }
        if (output.get("output_type").getAsString().equals("error")) {
            for (String key : List.of("ename", "evalue")) {
                output.addProperty(key, from(String.join("", strings(output.get(key)))));
            }
            var trace = new JsonArray();
            from(output.getAsJsonArray("traceback").asList().stream()
                            .map(Json::joined)
                            .collect(Collectors.joining("\n")))
                    .lines()
                    .forEach(trace::add);
            output.add("traceback", trace);
            return output;
        }
        return strings(output).stream().anyMatch(this::in) ? notice() : output;
    }

    private static JsonObject notice() {
        var output = new JsonObject();
        output.addProperty("output_type", "stream");
        output.addProperty("name", "stdout");
        output.addProperty("text", TEXT + "\n");
        return output;
    }

    /** The texts in a JSON value, names of fields too; the lines of a text that is written as an array are one. */
    private static List<String> strings(JsonElement json) {
        var found = new ArrayList<String>();
        if (json instanceof JsonPrimitive text) {
            found.add(text.getAsString());
        } else if (json instanceof JsonArray array) {
            var lines = new StringBuilder();
            array.forEach(each -> strings(each).forEach(lines::append));
            found.add(lines.toString());
        } else if (json instanceof JsonObject object) {
            object.entrySet().forEach(each -> {
                found.add(each.getKey());
                found.addAll(strings(each.getValue()));
            });
        }
        return found;
    }

    /** Text without what can be put into it to hide it: white space, backslashes, colours, letters that do not show. */
    private static String bare(String text) {
        String decoded = UNICODE.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(m.group(1), 16))));
        return ANSI.matcher(decoded.replaceAll("\\\\[nrt]", ""))
                .replaceAll("")
                .replaceAll("[\\s\\\\\\p{Cc}\\p{Cf}\\p{Z}]+", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String unescaped(String html) {
        String text = html.replaceAll("<[^<>]*>", "");
        text = ENTITY.matcher(text).replaceAll(m -> {
            int point = m.group(1) != null ? Integer.parseInt(m.group(1), 16) : Integer.parseInt(m.group(2));
            return Matcher.quoteReplacement(Character.isValidCodePoint(point) ? Character.toString(point) : "");
        });
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&");
    }
}
