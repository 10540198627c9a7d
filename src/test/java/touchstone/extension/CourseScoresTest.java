package touchstone.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import touchstone.course.CourseFolder;
import touchstone.course.ReportFiles;

/** The table of scores that a course's report writes, as Tablesaw reads it. */
class CourseScoresTest {
    @TempDir
    private Path root = Path.of("");

    private void write(String path, String text) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "parent"));
        Files.writeString(file, text);
    }

    private static String test(String id, int points) {
        return """
                {"cell_type": "code", "execution_count": null, "id": "%s", "outputs": [], "source": "1", "metadata": {"nbgrader":
                {"schema_version": 3, "grade": true, "solution": false, "locked": true, "grade_id": "%s", "points": %d}}}"""
                .formatted(id, id, points);
    }

    @Test
    void tablesawFindsTypesAndSums() throws Exception {
        write(
                "source/ps1/p1.ipynb",
                "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [" + test("a", 2) + ","
                        + test("b", 1500) + "]}");
        for (String student : List.of("ada", "bob")) {
            write(
                    "autograded/" + student + "/ps1/scores.json",
                    """
                    {"student": "%s", "state": "graded", "handed_in": "", "late_seconds": 0, "max_points": 1502, "notes": [], "cells": [
                    {"grade_id": "a", "points": 2, "max_points": 2, "why": "passed, with \\"ease\\""},
                    {"grade_id": "b", %s "max_points": 1500, "why": "gave its score"}]}
                    """
                            .formatted(student, student.equals("ada") ? "\"points\": 1200.5," : ""));
        }
        ReportFiles.write(new CourseFolder(root), "ps1");
        Table table = Table.read().csv(root.resolve("report/ps1/scores.csv").toFile());
        ColumnType text = ColumnType.STRING;
        ColumnType whole = ColumnType.INTEGER; // as Tablesaw reads a column whose decimals are all zero
        ColumnType number = ColumnType.DOUBLE;
        assertEquals(List.of(text, text, text, number, whole, number, text, text), List.of(table.typeArray()));
        assertEquals(4, table.rowCount());
        assertEquals(1204.5, table.doubleColumn("points").sum(), 1e-9);
        assertEquals(1, table.doubleColumn("points").countMissing());
        assertEquals(3004, table.numberColumn("max").sum(), 1e-9);
    }
}
