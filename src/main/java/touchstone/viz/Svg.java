package touchstone.viz;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.internal.chartpart.Chart;
import touchstone.util.Seeds;

/** Charts as SVG text, for papers and slides; its title says in words what is to be seen. Notebooks show PNG instead. */
public final class Svg {
    private static final Pattern ROOT = Pattern.compile("<svg\\b[^>]*>");
    private static final Pattern DECIMALS = Pattern.compile("(\\d\\.\\d\\d)\\d+");
    private static final Pattern CLIP = Pattern.compile("clip(-?\\d+)");

    private Svg() {}

    /** The svg element of a chart, coordinates to a hundredth of a pixel; ids differ between charts of one page. */
    public static String of(Chart<?, ?> chart) {
        var drawing = new VectorGraphics2D();
        chart.paint(drawing, chart.getWidth(), chart.getHeight());
        var page = new PageSize(0, 0, chart.getWidth(), chart.getHeight());
        var bytes = new ByteArrayOutputStream();
        try {
            Processors.get("svg").getDocument(drawing.getCommands(), page).writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String brief = DECIMALS.matcher(bytes.toString(StandardCharsets.UTF_8)).replaceAll("$1");
        String drawn = CLIP.matcher(brief).replaceAll("clip$1-" + Long.toHexString(Seeds.hash(brief)));
        Matcher root = ROOT.matcher(drawn);
        if (!root.find()) {
            throw new IllegalStateException("the SVG writer gave no svg element");
        }
        return open(chart) + drawn.substring(root.end()).strip();
    }

    private static String open(Chart<?, ?> chart) {
        String title =
                Describe.chart(chart).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\""
                + " width=\"" + chart.getWidth() + "\" height=\"" + chart.getHeight() + "\" viewBox=\"0 0 "
                + chart.getWidth() + " " + chart.getHeight() + "\"><title>" + title + "</title>";
    }
}
