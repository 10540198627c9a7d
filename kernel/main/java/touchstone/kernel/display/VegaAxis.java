package touchstone.kernel.display;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One axis of a chart: where a row stands on it, in pixels, and its labels. */
final class VegaAxis {
    private static final int TICKS = 5;

    private final VegaChart.Channel channel;
    private final List<String> labels = new ArrayList<>();
    private final List<Double> places = new ArrayList<>();
    private final Map<String, Double> byCategory = new HashMap<>();
    private double low;
    private double high;
    private final double from;
    private final double to;

    private VegaAxis(VegaChart.Channel channel, double from, double to) {
        this.channel = channel;
        this.from = from;
        this.to = to;
    }

    /** The axis of a channel, from one pixel to another. */
    static VegaAxis of(VegaChart chart, VegaChart.Channel channel, double from, double to) {
        var axis = new VegaAxis(channel, from, to);
        if (channel.numeric()) {
            axis.spreadNumbers(chart);
        } else {
            axis.spreadCategories(chart.categories(channel));
        }
        return axis;
    }

    private void spreadNumbers(VegaChart chart) {
        double[] values = chart.rows().stream()
                .filter(row -> VegaChart.has(row, channel))
                .mapToDouble(row -> VegaChart.number(row, channel))
                .toArray();
        double least = channel.zero() ? 0 : Double.POSITIVE_INFINITY;
        double most = channel.zero() ? 0 : Double.NEGATIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        if (!(most > least)) {
            least = values.length == 0 ? 0 : Math.min(least, most);
            most = least + 1;
        }
        double step = niceStep((most - least) / TICKS);
        low = Math.floor(least / step) * step;
        high = Math.ceil(most / step) * step;
        for (long i = Math.round(low / step); i <= Math.round(high / step); i++) {
            BigDecimal exact = BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(i));
            labels.add(exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString());
            places.add(pixel(i * step));
        }
    }

    /** The next larger of 1, 2, 5 times a power of ten. */
    private static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double share = rough / power;
        return (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power;
    }

    private void spreadCategories(List<String> names) {
        boolean downwards = from > to; // the first category of a y axis stands at the top
        double band = Math.abs(to - from) / names.size();
        for (int i = 0; i < names.size(); i++) {
            double at = (downwards ? to : from) + band * (i + 0.5);
            labels.add(names.get(i));
            places.add(at);
            byCategory.put(names.get(i), at);
        }
    }

    private double pixel(double value) {
        return from + (to - from) * (value - low) / (high - low);
    }

    /** Where a row stands. */
    double place(JsonObject row) {
        return channel.numeric()
                ? pixel(VegaChart.number(row, channel))
                : byCategory.getOrDefault(VegaChart.category(row, channel), from);
    }

    /** Where bars and areas begin: at zero, or at the end of an axis without it. */
    double zero() {
        return pixel(Math.max(low, Math.min(high, 0)));
    }

    boolean numeric() {
        return channel.numeric();
    }

    List<String> labels() {
        return labels;
    }

    List<Double> places() {
        return places;
    }

    /** The distance between two categories. */
    double step() {
        return Math.abs(to - from) / Math.max(1, labels.size());
    }

    /** How many characters of a label fit beside each other. */
    int room() {
        return Math.max(1, (int) (step() / 6));
    }

    static String brief(String text, int most) {
        return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
    }
}
