package touchstone.nn.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PTX in the jar. */
final class Ptx {
    /** Files, by theme. */
    static final List<String> THEMES = List.of(
            "activations",
            "algebra",
            "attention",
            "columns",
            "eigen",
            "elementwise",
            "images",
            "lookups",
            "losses",
            "neighbours",
            "optimise",
            "pools",
            "rows");

    private static final Pattern VERSION = Pattern.compile("(?m)^\\s*\\.version\\s+(\\d+)\\.(\\d+)");
    private static final int LEAST_DRIVER = 11_000;

    private Ptx() {}

    static String text(String theme) {
        String name = theme + ".ptx";
        try (InputStream in = Ptx.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks touchstone/nn/cuda/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The oldest driver that compiles all of it, as cuDriverGetVersion counts. */
    static int neededDriver() {
        return THEMES.stream().mapToInt(t -> driverFor(text(t))).reduce(LEAST_DRIVER, Math::max);
    }

    /** The CUDA whose driver first knew the text's PTX ISA, by the release history in NVIDIA's PTX manual. */
    static int driverFor(String ptx) {
        Matcher m = VERSION.matcher(ptx);
        if (!m.find()) {
            throw new IllegalArgumentException("PTX must name its .version, had none");
        }
        int major = Integer.parseInt(m.group(1));
        int minor = Integer.parseInt(m.group(2));
        return switch (major) {
            case 6 -> minor <= 3 ? 10_000 : 10_000 + 10 * (minor - 3);
            case 7 -> 11_000 + 10 * minor;
            case 8 -> 12_000 + 10 * (minor >= 6 ? minor + 1 : minor);
            default -> 13_000 + 1000 * (major - 9) + 10 * minor;
        };
    }
}
