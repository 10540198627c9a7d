package touchstone.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import touchstone.testing.Drawings;

class TradeOffChartsTest {
    @Test
    void feasibleRegionShowsLimitFrontAndPolicies() {
        Map<String, double[][]> policies = new LinkedHashMap<>();
        policies.put("reward alone", new double[][] {{0.9, 2}});
        policies.put("fixed weights", new double[][] {{0.6, 1.6}, {0.35, 1.1}, {0.5, 0.9}, {-0.2, 0.2}});
        policies.put("Lagrangian", new double[][] {{0.28, 1.15}});
        XYChart chart = FeasibleRegion.of("What is allowed", "mean cost", "mean reward", 0.3, policies);
        Drawings.keep("feasible-region", chart);
        String text = Describe.chart(chart);
        assertTrue(text.contains("cost at most 0.3: 4 points, x -0.266 to 0.3"), text);
        // (0.5, 0.9) is beaten by (0.28, 1.15), and (0.35, 1.1) as well: four of six are left
        assertTrue(text.contains("front: 4 points, x -0.2 to 0.9, y 0.2 to 2"), text);
        assertTrue(text.contains("Lagrangian: 1 points"), text);
    }

    @Test
    void paretoChartNamesTheHypervolume() {
        Map<String, double[][]> methods = new LinkedHashMap<>();
        methods.put("A", new double[][] {{1, 3}, {2, 2}, {3, 1}, {1.5, 1.5}});
        methods.put("B", new double[][] {{0.5, 2.5}, {2.5, 0.7}, {1.2, 1.8}});
        XYChart chart = ParetoChart.of("Two objectives", "helpful", "harmless", new double[] {0, 0}, methods);
        Drawings.keep("pareto", chart);
        String text = Describe.chart(chart);
        // 1 x 3 + 1 x 2 + 1 x 1 = 6; 0.5 x 2.5 + 0.7 x 1.8 + 1.3 x 0.7 = 3.42
        assertTrue(text.contains("A (hypervolume 6.000): 4 points"), text);
        assertTrue(text.contains("B (hypervolume 3.420): 3 points"), text);
        assertEquals(4, chart.getSeriesCollection().size());
        methods.put("a third method", new double[][] {{1, 1}});
        XYChart tall = ParetoChart.of("", "helpful", "harmless", new double[] {0, 0}, methods);
        Drawings.keep("pareto-stacked", tall);
        assertTrue(tall.getHeight() > chart.getHeight(), "names that do not fit side by side are stacked");
    }

    @Test
    void overoptimizationHasTwoLines() {
        double[][] kl = {{0, 1, 2, 4}, {0, 1, 2, 4}, {0, 1, 2, 4}};
        double[][] proxy = {{0, 1, 1.8, 2.6}, {0, 1.1, 1.7, 2.4}, {0, 0.9, 1.6, 2.5}};
        double[][] gold = {{0, 0.8, 0.9, 0.3}, {0, 0.7, 0.8, 0.1}, {0, 0.8, 1, 0.4}};
        XYChart chart = OveroptimizationChart.of("Pressed too hard", kl, proxy, gold);
        Drawings.keep("overoptimization", chart);
        assertTrue(Describe.chart(chart).contains("gold: 4 points, x 0 to 4, y 0 to 0.9"), Describe.chart(chart));
    }

    @Test
    void scatterKeepsTheOrderOfItsClouds() {
        Map<String, double[][]> clouds = new LinkedHashMap<>();
        clouds.put("near", new double[][] {{0.5, 1}, {0.7, 2}});
        clouds.put("far", new double[][] {{0.6, -1}});
        XYChart chart = Scatter.of("", "accuracy", "gold", clouds);
        Drawings.keep("scatter", chart);
        String text = Describe.chart(chart);
        assertTrue(
                text.endsWith("near: 2 points, x 0.5 to 0.7, y 1 to 2; far: 1 points, x 0.6 to 0.6, y -1 to -1"), text);
    }

    @Test
    void emptyCloudsAreNamed() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> FeasibleRegion.of("", "c", "r", 0, Map.of("nobody", new double[0][])));
        assertTrue(error.getMessage().contains("nobody must not be empty"), error.getMessage());
    }
}
