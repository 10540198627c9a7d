package touchstone.course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import touchstone.course.variant.CourseKey;
import touchstone.course.variant.Domain;
import touchstone.course.variant.LiteralType;
import touchstone.course.variant.MarkedLine;
import touchstone.course.variant.MarkedSource;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;

/** The numbers of a source notebook that differ from student to student. */
final class Numbers {
    private Numbers() {}

    /** What is wrong with the marks of a cell, a sentence each. */
    static List<String> faults(Cell cell, String where) {
        if (!cell.isCode() || !MarkedSource.bearsMarks(cell.source())) {
            return List.of();
        }
        if (CellMarks.of(cell).filter(CellMarks::locked).isEmpty()) {
            return List.of(where
                    + " has VARIANT or EXPECTED but is neither locked nor a test, so that it could not be put back.");
        }
        return MarkedSource.of(cell.source()).faults().stream()
                .map(fault -> where + ": " + fault)
                .toList();
    }

    /** Whether a notebook has such numbers. */
    static boolean any(Notebook source) {
        return source.cells().stream().anyMatch(cell -> cell.isCode() && MarkedSource.bearsMarks(cell.source()));
    }

    /** Whether a notebook has values that the reference solution gives. */
    static boolean anyExpected(Notebook source) {
        return source.cells().stream()
                .anyMatch(
                        cell -> cell.isCode() && MarkedSource.of(cell.source()).hasExpected());
    }

    /** A student's numbers by exercise: the grade id, a dot and the variable. */
    static Map<String, String> drawn(Notebook source, CourseKey key, String student, String assignment) {
        var numbers = new LinkedHashMap<String, String>();
        forEach(source, false, (cell, line) -> {
            String exercise = exercise(cell, line);
            Domain domain = line.domain();
            numbers.put(exercise, domain.value(key.draw(student, assignment, exercise, domain.size())));
        });
        return numbers;
    }

    /** Puts a student's numbers into a source, and takes what a run left out of it; the marks stay. */
    static void apply(Notebook source, Map<String, String> numbers) {
        source.strip();
        replace(source, false, (cell, line) -> numbers.getOrDefault(exercise(cell, line), line.value()));
    }

    /** Puts the values of expressions, by {@link ReferenceRun#place}, into a source that has the numbers. */
    static void expect(Notebook numbered, Map<String, String> values) {
        replace(numbered, true, (cell, line) -> values.getOrDefault(ReferenceRun.place(cell, line), line.value()));
    }

    /** Which values of a run, by {@link ReferenceRun#place}, cannot be put into the source: a sentence each. */
    static List<String> unusable(Notebook source, Map<String, String> values, String name) {
        var faults = new ArrayList<String>();
        forEach(source, true, (cell, line) -> {
            String value = values.get(ReferenceRun.place(cell, line));
            if (value == null) {
                faults.add(where(source, cell, line, name)
                        + " was not computed on the reference solution; EXPECTED must stand where it is run.");
            } else if (line.type() == LiteralType.DOUBLE && !Double.isFinite(Double.parseDouble(value))) {
                faults.add(where(source, cell, line, name) + " must be a finite number on the reference solution, was "
                        + value + ".");
            }
        });
        return faults;
    }

    /** Which values of the source are not those of a run: a sentence each. */
    static List<String> disagreements(Notebook source, Map<String, String> values, String name) {
        List<String> unusable = unusable(source, values, name);
        if (!unusable.isEmpty()) {
            return unusable;
        }
        var faults = new ArrayList<String>();
        forEach(source, true, (cell, line) -> {
            String value = values.getOrDefault(ReferenceRun.place(cell, line), line.value());
            if (!line.type().same(line.value(), value)) {
                faults.add(where(source, cell, line, name) + " is " + line.value()
                        + " but the reference solution gives " + value + ".");
            }
        });
        return faults;
    }

    private static String where(Notebook source, Cell cell, MarkedLine line, String name) {
        return name + ": cell " + (source.cells().indexOf(cell) + 1) + " ("
                + CellMarks.of(cell).map(CellMarks::id).orElse("") + "), line " + line.number() + ": " + line.name();
    }

    static String exercise(Cell cell, MarkedLine line) {
        String id = CellMarks.of(cell)
                .map(CellMarks::id)
                .filter(text -> !text.isEmpty())
                .orElse(cell.id());
        return id + "." + line.name();
    }

    private static void replace(Notebook notebook, boolean expected, BiFunction<Cell, MarkedLine, String> value) {
        for (Cell cell : notebook.cells()) {
            if (cell.isCode() && MarkedSource.bearsMarks(cell.source())) {
                cell.setSource(MarkedSource.of(cell.source())
                        .with(expected, line -> line.type().literal(value.apply(cell, line))));
            }
        }
    }

    private static void forEach(Notebook source, boolean expected, BiConsumer<Cell, MarkedLine> action) {
        for (Cell cell : source.cells()) {
            if (cell.isCode()) {
                MarkedSource.of(cell.source()).lines().stream()
                        .filter(line -> line.expected() == expected)
                        .forEach(line -> action.accept(cell, line));
            }
        }
    }
}
