package touchstone.course;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import touchstone.course.variant.LiteralType;
import touchstone.course.variant.MarkedLine;
import touchstone.course.variant.MarkedSource;
import touchstone.notebook.Cell;
import touchstone.notebook.Json;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/**
 * A run of an assignment with its solutions, in a kernel of its own, in which the literal of each {@code EXPECTED} line gives way to the
 * expression, whose value is noted.
 *
 * @param values by place, see {@link #place}
 * @param faults what failed, a sentence each with the cell
 */
record ReferenceRun(Map<String, String> values, List<String> faults) {
    private static final String NOTES = "touchstoneExpected";

    ReferenceRun {
        values = Map.copyOf(values);
        faults = List.copyOf(faults);
    }

    /** How a line of a cell is called in {@link #values}. */
    static String place(Cell cell, MarkedLine line) {
        return cell.id() + ":" + line.number();
    }

    /** Runs a source notebook, which is not changed. */
    static ReferenceRun of(Notebook source, String name, Reference reference) throws NotebookException {
        Notebook notebook = Notebook.parse(source.toJson(), name);
        List<Cell> own = List.copyOf(notebook.cells());
        for (Cell cell : own) {
            if (cell.isCode() && MarkedSource.bearsMarks(cell.source())) {
                cell.setSource(MarkedSource.of(cell.source()).with(true, line -> noted(cell, line)));
            }
        }
        Cell reader = Cell.code("touchstone-expected", "System.out.print(String.join(\"\", " + NOTES + ".values()))");
        notebook.cells().add(0, Cell.code("touchstone-notes", helpers()));
        notebook.cells().add(reader);
        List<String> notes = reference.run(notebook);
        var values = new LinkedHashMap<String, String>();
        var begun = new LinkedHashSet<String>();
        read(reader, values, begun);
        var faults = new ArrayList<String>();
        notes.forEach(note -> faults.add(name + ": on the reference solution, " + note + "."));
        for (int i = 0; i < own.size(); i++) {
            addFault(own.get(i), name + ": cell " + (i + 1), begun, faults);
        }
        return new ReferenceRun(values, faults);
    }

    /** The expression of a line, in code that notes that it is begun, and then its value. */
    private static String noted(Cell cell, MarkedLine line) {
        return NOTES + "_" + line.type().javaName() + "(" + NOTES + "_at(\"" + place(cell, line) + "\"), " + line.mark()
                + ")";
    }

    /** Declares the notes: by place, a line with the value in base 64, or with none while the expression is at work. */
    private static String helpers() {
        var code = new StringBuilder("java.util.Map<String, String> " + NOTES + " = new java.util.LinkedHashMap<>();\n"
                + "String " + NOTES + "_at(String place) { " + NOTES
                + ".putIfAbsent(place, place + \"\\n\"); return place; }\n"
                + "void " + NOTES + "_put(String place, Object value) {\n"
                + "    String line = place + \" \" + java.util.Base64.getEncoder().encodeToString("
                + "String.valueOf(value).getBytes(java.nio.charset.StandardCharsets.UTF_8)) + \"\\n\";\n"
                + "    String before = " + NOTES + ".put(place, line);\n"
                + "    if (!before.contains(\" \") || before.equals(line)) return;\n"
                + "    throw new IllegalStateException(\"EXPECTED has more than one value\");\n}\n");
        for (LiteralType type : LiteralType.values()) {
            String name = type.javaName();
            code.append(name + " " + NOTES + "_" + name + "(String place, " + name + " value) { " + NOTES
                    + "_put(place, value); return value; }\n");
        }
        return code.toString();
    }

    private static void read(Cell reader, Map<String, String> values, Set<String> begun) {
        var text = new StringBuilder();
        for (JsonElement output : reader.outputs()) {
            JsonElement part = output.getAsJsonObject().get("text");
            text.append(Json.joined(part));
        }
        text.toString().lines().forEach(line -> {
            String[] parts = line.split(" ", -1);
            if (parts.length == 2) {
                values.put(parts[0], new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            } else {
                begun.add(line);
            }
        });
    }

    private static void addFault(Cell cell, String where, Set<String> begun, List<String> faults) {
        CellMarks marks = CellMarks.of(cell).orElse(null);
        String named = where + (marks == null || marks.id().isEmpty() ? "" : " (" + marks.id() + ")");
        for (JsonElement output : cell.outputs()) {
            JsonObject json = output.getAsJsonObject();
            if (json.get("output_type").getAsString().equals("error") && !cell.hasTag("raises-exception")) {
                faults.add(named + line(cell, begun) + " fails on the reference solution: "
                        + json.get("ename").getAsString() + ": "
                        + firstLine(json.get("evalue").getAsString()) + ".");
                return;
            }
        }
        if (marks != null && marks.test() && !CellScore.of(cell, marks).full()) {
            faults.add(named + " does not give the reference solution all points.");
        }
    }

    /** The line whose expression was begun and not ended. */
    private static String line(Cell cell, Set<String> begun) {
        return begun.stream()
                .filter(place -> place.startsWith(cell.id() + ":"))
                .findFirst()
                .map(place -> ", EXPECTED in line " + place.substring(place.indexOf(':') + 1) + ",")
                .orElse("");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
