package touchstone.viz;

import java.util.Arrays;
import org.knowm.xchart.XYChart;
import touchstone.util.Check;

/** Proxy and gold reward over the divergence from the reference, mean and 95 % interval over runs. */
public final class OveroptimizationChart {
    private OveroptimizationChart() {}

    /**
     * The chart; each point lies at the mean divergence of the runs.
     *
     * @param title above the chart; may be empty
     * @param divergence in nats, [runs, k] with 2 runs or more
     * @param proxy mean proxy reward, [runs, k]
     * @param gold mean gold reward, [runs, k]
     */
    public static XYChart of(String title, double[][] divergence, double[][] proxy, double[][] gold) {
        Check.atLeast(divergence.length, 2, "runs");
        var x = new double[divergence[0].length];
        Arrays.setAll(
                x,
                j -> Arrays.stream(divergence).mapToDouble(d -> d[j]).average().orElseThrow());
        return LineWithBand.of(
                title,
                "KL from the reference (nats)",
                "mean reward",
                x,
                Band.overSeeds("proxy", proxy),
                Band.overSeeds("gold", gold));
    }
}
