package touchstone.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What {@code %timeit} measured: seconds for one pass, one number a run.
 *
 * @param seconds mean seconds for one pass in each run
 * @param loops passes in a run
 * @param warmUp seconds spent beforehand, so that the JIT compiler had seen the code
 */
public record TimeitResult(List<Double> seconds, long loops, double warmUp) {
    public TimeitResult {
        seconds = List.copyOf(seconds);
    }

    public double mean() {
        return Arrays.stream(values()).average().orElse(0);
    }

    /** Standard deviation of the runs, with n - 1 in the denominator; 0 for a single run. */
    public double standardDeviation() {
        double mean = mean();
        double squares =
                Arrays.stream(values()).map(x -> (x - mean) * (x - mean)).sum();
        return seconds.size() < 2 ? 0 : Math.sqrt(squares / (seconds.size() - 1));
    }

    public double best() {
        return Arrays.stream(values()).min().orElse(0);
    }

    private double[] values() {
        return seconds.stream().mapToDouble(x -> x).toArray();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s ± %s a pass (mean ± standard deviation of %d %s, %,d %s each; %s of warm-up before)",
                Durations.text(mean()),
                Durations.text(standardDeviation()),
                seconds.size(),
                seconds.size() == 1 ? "run" : "runs",
                loops,
                loops == 1 ? "pass" : "passes",
                Durations.text(warmUp));
    }
}
