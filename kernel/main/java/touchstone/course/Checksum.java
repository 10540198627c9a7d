package touchstone.course;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import touchstone.notebook.Cell;

/** The digest by which a changed cell is told, as nbgrader computes it. */
final class Checksum {
    private Checksum() {}

    /** MD5 of source, type, flags, grade id and, for graded cells, points; 32 hexadecimal digits. */
    static String of(Cell cell, CellMarks marks) {
        var text = new StringBuilder()
                .append(cell.source())
                .append(cell.type())
                .append(python(marks.grade()))
                .append(python(marks.solution()))
                .append(python(marks.locked()))
                .append(marks.id());
        if (marks.grade()) {
            text.append(python(marks.points()));
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static String python(boolean value) {
        return value ? "True" : "False";
    }

    /** As Python writes a float: 2.0, 0.5, 1e+16. */
    static String python(double value) {
        String text = Double.toString(value);
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        int power = Integer.parseInt(text.substring(exponent + 1));
        String digits = text.substring(0, exponent);
        if (power >= -4 && power < 16) {
            BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
            return plain.toPlainString() + (plain.scale() <= 0 ? ".0" : "");
        }
        String mantissa = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
        return mantissa + "e" + (power < 0 ? "-" : "+") + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
    }
}
