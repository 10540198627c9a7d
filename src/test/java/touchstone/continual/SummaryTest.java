package touchstone.continual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import touchstone.continual.l2m.Experience;
import touchstone.continual.l2m.LearningLog;
import touchstone.continual.l2m.LifelongReport;
import touchstone.continual.l2m.LifelongSettings;
import touchstone.continual.scenario.ContinualRun;
import touchstone.continual.scenario.Cost;
import touchstone.continual.scenario.RunSummary;

class SummaryTest {
    private static final AccuracyMatrix TWO = AccuracyMatrix.of(new double[][] {{1, 0}, {0.5, 1}});

    private static JsonObject parsed(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    @Test
    void jsonKeepsEveryFigureAndNaNAsText() {
        JsonObject json = parsed(TWO.summary().json());
        assertEquals(TWO.figures().keySet(), json.keySet());
        assertEquals(0.75, json.get("average accuracy").getAsDouble());
        JsonObject one =
                parsed(AccuracyMatrix.of(new double[][] {{0.5}}).summary().json());
        assertEquals("NaN", one.get("backward transfer").getAsString());
    }

    @Test
    void aComparisonHasARowASummaryAndLeavesOutWhatIsLacking() {
        var a = new Summary("a", Map.of("x", 1.0));
        Table table = Summary.compare("both", List.of(a, a.named("b").with(Map.of("y", Double.NaN))));
        assertEquals(List.of("name", "x", "y"), table.columnNames());
        assertTrue(
                table.doubleColumn("y").isMissing(0) && table.doubleColumn("y").isMissing(1));
        assertEquals("b", table.getString(1, "name"));
    }

    @Test
    void aRunHasTheFiguresOfItsPartsAndItsCosts() {
        var curves = EvaluationCurves.of(new double[][] {{0.1, 1, 0.2, 0.5}, {0, 0, 0.4, 1}}, 1, 3);
        var run =
                new ContinualRun(TWO, new double[] {0.1, 0.2}, Optional.of(curves), new Cost(3, 30, 20, 40, 50, 0.25));
        Summary summary = RunSummary.of("toy", run);
        assertEquals(-0.2, summary.figure("forward transfer"), 1e-15);
        assertEquals(0.2, summary.figure("min-ACC"));
        assertEquals(0.8, summary.figure("mean gap depth"), 1e-15);
        assertEquals(40, summary.figure("numbers stored"));
        JsonObject json = parsed(RunSummary.json("toy", run));
        assertEquals("[1,3]", json.get("taskEnds").toString());
        assertEquals("[[1.0,0.0],[0.5,1.0]]", json.get("scores").toString());
        assertEquals(11 + 1 + 8 + 6, json.getAsJsonObject("figures").size(), "matrix, forward transfer, curves, costs");
        Table gaps = curves.gapTable();
        assertEquals(1, gaps.rowCount());
        assertEquals(0.3, gaps.doubleColumn("transient").get(0), 1e-15);
        assertEquals(0.5, gaps.doubleColumn("permanent").get(0), 1e-15);
    }

    @Test
    void aReportNamesItsTasksInTableAndJson() {
        List<Experience> lines = List.of(
                new Experience(0, true, "wake", "a", 0, 1),
                new Experience(0, true, "wake", "a", 1, 3),
                new Experience(1, false, "wake", "a", 2, 2),
                new Experience(2, true, "wake", "b", 3, 5));
        LifelongReport report = LifelongReport.of(LearningLog.of(lines), Map.of(), LifelongSettings.defaults());
        Table tasks = report.taskTable();
        assertEquals(List.of("a", "b"), tasks.stringColumn("name").asList());
        assertTrue(tasks.doubleColumn("sample efficiency").isMissing(0), "no expert");
        JsonObject json = parsed(report.json());
        assertEquals(4, json.getAsJsonArray("regimes").size() + 1);
        assertEquals(
                report.lifetime().keySet(), json.getAsJsonObject("lifetime").keySet());
        assertEquals("MEAN", json.get("aggregation").getAsString());
    }

    @Test
    void continualWorldHasASummary() {
        var world =
                ContinualWorld.of(new double[][] {{0, 1, 0.5, 0.5}, {0, 0, 0, 1}}, new double[][] {{0, 1}, {0, 1}}, 1);
        assertEquals(world.averagePerformance(), world.summary().figure("average performance"));
        assertEquals(4, world.summary().table().rowCount());
    }
}
