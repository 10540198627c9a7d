package touchstone.notebook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters of a notebook in papermill's manner: the code cell tagged {@code parameters} declares them, one a line, and
 * values given from outside are declared again, with the declared types, in a cell tagged {@code injected-parameters}
 * right after it.
 *
 * @param types declared type by name, in the order of the cell; empty without such a cell
 */
public record Parameters(Map<String, String> types) {
    private static final Pattern DECLARATION = Pattern.compile(
            "\\s*(?:(?:public|private|static|final)\\s+)*([A-Za-z_][\\w.]*(?:\\s*<[\\w.<>,\\s\\[\\]]*>)?(?:\\s*\\[\\s*\\])*)"
                    + "\\s+([A-Za-z_$][\\w$]*)\\s*(?:=\\s*(.*?)\\s*;?\\s*|;\\s*)?");
    private static final Set<String> NO_TYPES =
            Set.of("import", "package", "return", "throw", "new", "class", "record", "interface", "enum", "assert");

    public Parameters {
        types = new LinkedHashMap<>(types);
    }

    /** What a notebook declares. */
    public static Parameters of(Notebook notebook) {
        var types = new LinkedHashMap<String, String>();
        for (Cell cell : notebook.tagged("parameters")) {
            for (String line : withoutComments(cell.source()).split("\n", -1)) {
                Matcher matcher = DECLARATION.matcher(line);
                if (cell.isCode() && matcher.matches() && !NO_TYPES.contains(matcher.group(1))) {
                    String initial = matcher.group(3) == null ? "" : matcher.group(3);
                    String type = matcher.group(1).replaceAll("\\s+", "");
                    types.put(matcher.group(2), type.equals("var") ? inferred(initial) : type);
                }
            }
        }
        return new Parameters(types);
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(\"(?:[^\"\\\\\n]|\\\\.)*\")|//[^\n]*|/\\*(?s:.*?)\\*/", "$1");
    }

    private static String inferred(String literal) {
        if (literal.startsWith("\"")) {
            return "String";
        }
        if (literal.equals("true") || literal.equals("false")) {
            return "boolean";
        }
        if (literal.matches("-?[0-9_]+[lL]?")) {
            return literal.matches(".*[lL]") ? "long" : "int";
        }
        return literal.matches("-?[0-9_]*\\.?[0-9_]*([eE][-+]?[0-9]+)?[dD]?") ? "double" : "var";
    }

    /**
     * Puts values into a notebook; an older injected cell is replaced.
     *
     * @param values by name; text where it comes from the command line, JSON where it comes from a file
     * @param name how messages call the notebook
     * @throws NotebookException if a name is not declared or a value does not fit; the notebook is then unchanged
     */
    public static void inject(Notebook notebook, JsonObject values, String name) throws NotebookException {
        if (values.isEmpty()) {
            return;
        }
        List<Cell> declaring = notebook.tagged("parameters");
        if (declaring.isEmpty()) {
            throw NotebookException.usage(name + " takes no parameters: it has no code cell tagged \"parameters\".");
        }
        String source = of(notebook).source(values, name);
        var ids = new HashSet<String>();
        notebook.cells().removeIf(cell -> cell.hasTag("injected-parameters"));
        notebook.cells().forEach(cell -> ids.add(cell.id()));
        Cell cell = Cell.code(NotebookCheck.freshId("injected-parameters", ids), source);
        cell.addTag("injected-parameters");
        notebook.cells().add(notebook.cells().indexOf(declaring.get(0)) + 1, cell);
    }

    private String source(JsonObject values, String name) throws NotebookException {
        var source = new StringBuilder("// Parameters");
        for (Map.Entry<String, JsonElement> entry : values.entrySet()) {
            String type = types.get(entry.getKey());
            if (type == null) {
                throw NotebookException.usage(name + " has no parameter \"" + entry.getKey() + "\"; it has "
                        + (types.isEmpty() ? "none." : String.join(", ", types.keySet()) + "."));
            }
            source.append('\n').append(declaration(entry.getKey(), type, entry.getValue(), name));
        }
        return source.toString();
    }

    private static String declaration(String key, String type, JsonElement value, String name)
            throws NotebookException {
        try {
            return type + " " + key + " = " + JavaLiteral.of(value, type) + ";";
        } catch (JavaLiteral.MismatchException e) {
            String shown = Json.isText(value) ? "\"" + value.getAsString() + "\"" : value.toString();
            throw NotebookException.usage(
                    "parameter \"" + key + "\" of " + name + " needs " + e.getMessage() + ", was " + shown + ".");
        }
    }
}
