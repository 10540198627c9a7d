package touchstone.kernel.display;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Images as bundles. */
public final class Images {
    private static final int MAGIC_LENGTH = 12;

    private Images() {}

    /** PNG data. */
    public static MimeBundle png(byte[] data) {
        require(data, isPng(data), "png", "PNG");
        String size = data.length < 24 ? "" : ", " + number(data, 16) + " x " + number(data, 20);
        return new MimeBundle().put(MimeBundle.PNG, data).put(MimeBundle.TEXT, "PNG image" + size);
    }

    /** JPEG data. */
    public static MimeBundle jpeg(byte[] data) {
        require(data, isJpeg(data), "jpeg", "JPEG");
        return new MimeBundle().put(MimeBundle.JPEG, data).put(MimeBundle.TEXT, "JPEG image");
    }

    /** An SVG document. */
    public static MimeBundle svg(String document) {
        if (!document.contains("<svg")) {
            throw new IllegalArgumentException("svg must hold an <svg> element, was: " + start(document));
        }
        return new MimeBundle().put(MimeBundle.SVG, document).put(MimeBundle.TEXT, "SVG image");
    }

    /** PNG, JPEG, GIF or SVG data, told apart by their first bytes. */
    public static MimeBundle any(byte[] data, String name) {
        if (isPng(data)) {
            return png(data);
        }
        if (isJpeg(data)) {
            return jpeg(data);
        }
        if (starts(data, 'G', 'I', 'F', '8')) {
            return new MimeBundle().put("image/gif", data).put(MimeBundle.TEXT, "GIF image");
        }
        String text = new String(data, StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("<") && text.contains("<svg")) {
            return svg(text);
        }
        throw new IllegalArgumentException(
                "image must be PNG, JPEG, GIF or SVG, but " + name + " is none: it begins with " + hex(data));
    }

    /** A picture in memory, as PNG. */
    static void render(RenderedImage image, MimeBundle bundle) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("its colours cannot be written as PNG");
        }
        bundle.put(MimeBundle.PNG, out.toByteArray());
        bundle.put(MimeBundle.TEXT, "image, " + image.getWidth() + " x " + image.getHeight());
    }

    private static void require(byte[] data, boolean right, String argument, String format) {
        if (!right) {
            throw new IllegalArgumentException(argument + " must be " + format + " data, but these " + data.length
                    + " bytes begin with " + hex(data));
        }
    }

    private static boolean isPng(byte[] data) {
        return starts(data, 0x89, 'P', 'N', 'G');
    }

    private static boolean isJpeg(byte[] data) {
        return starts(data, 0xff, 0xd8, 0xff);
    }

    private static boolean starts(byte[] data, int... with) {
        if (data.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((data[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] data, int at) {
        return java.nio.ByteBuffer.wrap(data, at, 4).getInt();
    }

    private static String hex(byte[] data) {
        var hex = new StringBuilder();
        for (int i = 0; i < Math.min(MAGIC_LENGTH, data.length); i++) {
            hex.append(String.format(Locale.ROOT, i == 0 ? "%02x" : " %02x", data[i] & 0xff));
        }
        return data.length == 0 ? "nothing" : hex.toString();
    }

    private static String start(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
