package touchstone.claims;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as tables print them. */
final class Numbers {
    private Numbers() {}

    /** Four significant digits, plain where short, without trailing zeros. */
    static String brief(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return x == 0 ? "0" : String.valueOf(x);
        }
        double size = Math.abs(x);
        if (size < 1e-4 || size >= 1e7) {
            return String.format(Locale.ROOT, "%.3e", x);
        }
        return new BigDecimal(x).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    }

    /** A confidence level in percent, such as {@code 95 %}. */
    static String percent(double level) {
        return new BigDecimal(level * 100)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
