package touchstone.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import touchstone.testing.Drawings;

class ContinualChartsTest {
    private static final double NAN = Double.NaN;

    @Test
    void cellsWithoutANumberAreHatchedAndNoted() {
        double[][] scores = {{0.95, NAN, NAN}, {0.41, 0.93, NAN}, {0.02, 0.55, 0.97}};
        Picture picture = HeatMap.numbered("Replay", "accuracy on task", "after task", scores, 0, 1);
        Drawings.keep("accuracy matrix", picture);
        assertEquals(
                "heat map \"Replay\" of 3 x 3 numbers from 0.00 to 1.00; after task over accuracy on task; "
                        + "3 cells without a number",
                picture.description());
        Picture whole = HeatMap.numbered("", "", "", new double[][] {{0, 1}, {1, 0}}, 0, 1);
        assertEquals(whole.width() + 52, picture.width());
        assertEquals(whole.height() + 52 + 24, picture.height(), "a row and the note");
        // a hatched cell (row 0, column 1; a cell is 52 pixels, drawn at twice the size) has grey and white alone
        boolean grey = false;
        for (int x = 2 * (56 + 52) + 4; x < 2 * (56 + 104) - 4; x++) {
            int rgb = picture.image().getRGB(x, 2 * (40 + 26));
            grey |= (rgb & 0xFF) < 0xF0;
            assertEquals(rgb & 0xFF, rgb >> 16 & 0xFF, "no hue");
        }
        assertTrue(grey, "lines");
    }

    @Test
    void aFieldWithoutAnyNumberIsDrawnWithoutAScale() {
        var field = new double[4][6];
        for (double[] row : field) {
            Arrays.fill(row, NAN);
        }
        Picture picture = HeatMap.of("Nothing yet", "x", "y", field);
        Drawings.keep("heat without numbers", picture);
        assertTrue(picture.description().endsWith("24 cells without a number"), picture.description());
        field[1][2] = 3;
        Picture one = HeatMap.of("One", "x", "y", field);
        Drawings.keep("heat with one number", one);
        assertTrue(one.description().contains("from 3.00 to 3.00"), one.description());
        assertNotEquals(picture.image().getRGB(2 * (56 + 2 * 36 + 9), 2 * (40 + 36 + 9)), 0);
    }

    @Test
    void aLargeMatrixKeepsItsShape() {
        var field = new double[60][60];
        for (int i = 0; i < 60; i++) {
            Arrays.fill(field[i], NAN);
            for (int j = 0; j <= i; j++) {
                field[i][j] = Math.exp(-(i - j) / 20.0);
            }
        }
        Drawings.keep("triangle", HeatMap.of("Triangle", "task", "after task", field));
        var e = assertThrows(
                IllegalArgumentException.class, () -> HeatMap.numbered("", "", "", new double[21][2], 0, 1));
        assertEquals("rows of the field must lie in [0, 21), was 21", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> HeatMap.numbered("", "", "", new double[2][2], 1, 1));
        assertEquals("high must be above low, were 1.0 and 1.0", e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class,
                () -> HeatMap.of("", "", "", new double[][] {{1, Double.NEGATIVE_INFINITY}}));
        assertTrue(e.getMessage().startsWith("field[0]"), e.getMessage());
    }

    @Test
    void curvesHaveALineATaskAndMarksAtTaskEnds() {
        int n = 91;
        var score = new double[3][n];
        for (int j = 0; j < 3; j++) {
            for (int t = 0; t < n; t++) {
                double since = t - 30 * j;
                score[j][t] = since < 0 ? NAN : 0.95 - 0.9 * Math.exp(-since / 4) - 0.3 * Math.max(0, since - 30) / 60;
            }
        }
        XYChart chart = TaskCurves.of("Accuracy through training", "accuracy", score, new int[] {30, 60, 90});
        Drawings.keep("task curves", chart);
        String text = Describe.chart(chart);
        assertTrue(text.contains("task 2: 61 points, x 30 to 90"), text);
        assertEquals(3 + 3 + 1, chart.getSeriesCollection().size());
        var e = assertThrows(
                IllegalArgumentException.class, () -> TaskCurves.of("", "", new double[][] {{1, 1}}, new int[] {2}));
        assertEquals("taskEnds[0] must lie in [0, 2), was 2", e.getMessage());
        assertEquals(
                1,
                TaskCurves.of("", "", new double[][] {{NAN}}, new int[0])
                        .getSeriesCollection()
                        .size());
    }
}
