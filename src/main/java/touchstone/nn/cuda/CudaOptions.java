package touchstone.nn.cuda;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import touchstone.util.Check;

/**
 * How the card is used.
 *
 * @param device its number among the visible cards, from 0
 * @param cap bytes of the card's memory held at most, 1 or more
 * @param precision precision of products
 */
public record CudaOptions(int device, long cap, Precision precision) {
    /** Precision of products. */
    public enum Precision {
        /** float32, as on the processor: cuBLAS in its default mode, in which it does not take TF32. */
        EXACT,
        /**
         * TF32: factors keep 10 bits after the point, a relative error of up to 2^-11 each, and 2^-10 where a card cuts them off;
         * sums are float32. Cards before Ampere multiply exactly instead.
         */
        TF32,
        /**
         * bf16: factors are rounded to the nearest with 7 bits after the point, a relative error of up to 2^-8 each, so that a sum
         * of products is off by up to 2^-7 of the sum of their absolute values; sums are float32. Needs Ampere or newer.
         */
        BF16
    }

    public CudaOptions {
        Check.atLeast(device, 0, "device");
        if (cap < 1) {
            throw new IllegalArgumentException("cap must be at least 1 byte, was " + cap);
        }
    }

    /** The first card, all of its memory, exact. */
    public static CudaOptions defaults() {
        return new CudaOptions(0, Long.MAX_VALUE, Precision.EXACT);
    }

    public CudaOptions withDevice(int number) {
        return new CudaOptions(number, cap, precision);
    }

    public CudaOptions withCap(long bytes) {
        return new CudaOptions(device, bytes, precision);
    }

    public CudaOptions withPrecision(Precision p) {
        return new CudaOptions(device, cap, p);
    }

    /** As {@code TOUCHSTONE_CUDA_DEVICE}, {@code TOUCHSTONE_CUDA_MEMORY} (such as 8g) and {@code TOUCHSTONE_CUDA_MATH} say. */
    public static CudaOptions of(Map<String, String> environment) {
        CudaOptions options = defaults();
        Optional<String> device = said(environment, "TOUCHSTONE_CUDA_DEVICE");
        Optional<String> memory = said(environment, "TOUCHSTONE_CUDA_MEMORY");
        Optional<String> math = said(environment, "TOUCHSTONE_CUDA_MATH");
        if (device.isPresent()) {
            options = options.withDevice(number(device.get()));
        }
        if (memory.isPresent()) {
            options = options.withCap(bytes(memory.get()));
        }
        return math.isPresent() ? options.withPrecision(precision(math.get())) : options;
    }

    private static Optional<String> said(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,4}")) {
            throw new IllegalArgumentException(
                    "TOUCHSTONE_CUDA_DEVICE must be a card's number from 0 on, was '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static long bytes(String text) {
        String t = text.toLowerCase(Locale.ROOT);
        if (!t.matches("[1-9]\\d{0,8}[kmg]?")) {
            throw new IllegalArgumentException(
                    "TOUCHSTONE_CUDA_MEMORY must be a number of bytes, or one with k, m or g such as 8g, was '" + text
                            + "'");
        }
        int shift = 10 * " kmg".indexOf(t.charAt(t.length() - 1));
        return shift > 0 ? Long.parseLong(t.substring(0, t.length() - 1)) << shift : Long.parseLong(t);
    }

    private static Precision precision(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "exact" -> Precision.EXACT;
            case "tf32" -> Precision.TF32;
            case "bf16" -> Precision.BF16;
            default ->
                throw new IllegalArgumentException(
                        "TOUCHSTONE_CUDA_MATH must be exact, tf32 or bf16, was '" + text + "'");
        };
    }
}
