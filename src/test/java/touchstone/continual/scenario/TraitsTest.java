package touchstone.continual.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import touchstone.continual.scenario.Traits.Boundaries;
import touchstone.continual.scenario.Traits.Passes;
import touchstone.continual.scenario.Traits.Shift;
import touchstone.nn.cpu.Cpu;
import touchstone.util.Seeds;

class TraitsTest {
    /** 200 rows of 8 columns of noise, column j with mean j, in 4 classes. */
    private static Source source() {
        var random = Seeds.rng(1, "traits");
        var x = new double[200][8];
        var y = new int[200];
        for (int i = 0; i < 200; i++) {
            y[i] = i % 4;
            for (int j = 0; j < 8; j++) {
                x[i][j] = j + 0.1 * random.nextGaussian();
            }
        }
        return Source.of(Cpu.doubles(1), x, y, x, y);
    }

    private static Map<String, Scenario> all() {
        Source source = source();
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("class", source.classIncremental(2));
        all.put("task", source.taskIncremental(2));
        all.put("online", source.online(2));
        all.put("permuted", source.permuted(3, 1, 1));
        all.put("blurry", source.blurry(2, 0.3, 1));
        all.put("recurring", source.recurring(12, 2, 20, 1));
        all.put("drifting", source.drifting(4, 1));
        return all;
    }

    /** What the traits say of labels, inputs and recurrence is what the data do. */
    @Test
    void traitsAreTrueOfTheData() {
        all().forEach((name, scenario) -> {
            Traits traits = scenario.traits();
            assertEquals(labelsShift(scenario), traits.shifts().contains(Shift.LABEL), name);
            assertEquals(inputsShift(scenario), traits.shifts().contains(Shift.INPUT), name);
            assertEquals(comesBack(scenario), traits.recurring(), name);
            assertEquals(scenario.kind() == Scenario.Kind.TASK_INCREMENTAL, traits.taskKnown(), name);
        });
    }

    /** Random order alone moves the share of one of 4 classes in 50 rows by 0.06 (one deviation): a quarter is a shift. */
    private static boolean labelsShift(Scenario scenario) {
        for (int c = 0; c < 4; c++) {
            int label = c;
            DoubleSummaryStatistics share = scenario.phases().stream()
                    .map(Phase::train)
                    .mapToDouble(t ->
                            Arrays.stream(t.labels()).filter(y -> y == label).count() / (double) t.size())
                    .summaryStatistics();
            if (share.getMax() - share.getMin() > 0.25) {
                return true;
            }
        }
        return false;
    }

    private static boolean inputsShift(Scenario scenario) {
        var first = mean(scenario.phases().get(0), 0);
        return scenario.phases().stream().anyMatch(p -> {
            for (int j = 0; j < 8; j++) {
                if (Math.abs(mean(p, j) - j - first) > 0.5) { // column means are whole numbers, noise 0.1
                    return true;
                }
            }
            return false;
        });
    }

    private static double mean(Phase phase, int column) {
        double sum = 0;
        for (int i = 0; i < phase.train().size(); i++) {
            sum += phase.train().x().get(i, column);
        }
        return sum / phase.train().size();
    }

    /** Whether a class comes in two tasks although the labels shift. */
    private static boolean comesBack(Scenario scenario) {
        Set<Integer> seen = new TreeSet<>();
        boolean back = false;
        for (Phase phase : scenario.phases()) {
            for (int c : phase.train().classes()) {
                back |= !seen.add(c);
            }
        }
        return back && scenario.traits().shifts().contains(Shift.LABEL);
    }

    @Test
    void boundariesAndPassesAreThoseOfTheFactory() {
        Map<String, Scenario> all = all();
        assertEquals(Boundaries.BLURRY, all.get("blurry").traits().boundaries());
        assertEquals(Boundaries.KNOWN, source().blurry(2, 0, 1).traits().boundaries());
        assertEquals(Boundaries.NONE, all.get("drifting").traits().boundaries());
        assertEquals(Passes.ONE, all.get("drifting").traits().passes());
        assertEquals(Passes.ONE, all.get("online").traits().passes());
        assertTrue(all.get("class").joint(Cpu.doubles(1)).traits().recurring());
        var e = assertThrows(
                IllegalArgumentException.class, () -> new Traits(Set.of(), Boundaries.KNOWN, false, false, Passes.ANY));
        assertEquals("shifts must hold what changes, had 0 elements", e.getMessage());
    }

    @Test
    void theTableHasARowAScenario() {
        Table table = Scenario.table(all());
        assertEquals(7, table.rowCount());
        assertEquals("label + task", table.getString(1, "shift"));
        assertEquals("yes", table.getString(1, "task told"));
        assertEquals("blurry", table.getString(4, "boundaries"));
        assertEquals(12, table.intColumn("tasks").get(5));
    }
}
