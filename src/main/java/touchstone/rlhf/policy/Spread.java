package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Mean and standard deviation (divisor n - 1) of the numbers that are not NaN; 0 when there are too few. */
final class Spread {
    private double[] values = {};

    Spread add(double[] more) {
        values = DoubleStream.concat(Arrays.stream(values), Arrays.stream(more))
                .filter(v -> !Double.isNaN(v))
                .toArray();
        return this;
    }

    double mean() {
        return Arrays.stream(values).average().orElse(0);
    }

    double deviation() {
        double mean = mean();
        double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? 0 : Math.sqrt(sum / (values.length - 1));
    }
}
