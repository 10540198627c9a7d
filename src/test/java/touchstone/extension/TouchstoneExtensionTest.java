package touchstone.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.commons.math3.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import touchstone.claims.Claims;
import touchstone.data.Digits;
import touchstone.kernel.Extension;
import touchstone.kernel.display.MimeBundle;
import touchstone.kernel.display.Renderers;
import touchstone.kernel.magic.Magics;
import touchstone.metrics.RocCurve;
import touchstone.ood.Knn;
import touchstone.stats.Interval;
import touchstone.testing.Drawings;
import touchstone.util.Seeds;
import touchstone.viz.ImageGrid;
import touchstone.viz.RocChart;

class TouchstoneExtensionTest {
    private final Renderers renderers = new Renderers();

    TouchstoneExtensionTest() {
        for (Extension extension : ServiceLoader.load(Extension.class)) {
            extension.install(renderers, new Magics());
        }
    }

    private MimeBundle shown(Object value) {
        return renderers.render(value);
    }

    private String text(Object value) {
        return shown(value).data().get(MimeBundle.TEXT).getAsString();
    }

    private String html(Object value) {
        return shown(value).data().get(MimeBundle.HTML).getAsString();
    }

    @Test
    void theServiceIsFound() {
        List<String> found = ServiceLoader.load(Extension.class).stream()
                .map(p -> p.type().getSimpleName())
                .toList();
        assertTrue(found.contains("TouchstoneExtension"), found.toString());
    }

    @Test
    void tablesAreEscapedAndElided() {
        Table table = Digits.load().table();
        assertTrue(text(table).endsWith("digits: 1,797 rows × 65 columns"));
        assertEquals(
                22, text(table).lines().filter(l -> !l.startsWith("digits:")).count()); // head, 20 rows, gap
        assertEquals(22, html(table).split("<tr", -1).length - 1);
        Table bad = Table.create("<t>", StringColumn.create("<a&b>", "<script>alert('x')</script>", "$x$"));
        assertFalse(html(bad).contains("<script>"));
        assertTrue(html(bad).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
        assertTrue(html(bad).contains("&lt;a&amp;b&gt;") && html(bad).contains("&lt;t&gt;: 2 rows"));
        assertTrue(html(bad).contains("<span>$</span>x<span>$</span>"));
        IntColumn missing = IntColumn.create("n");
        missing.append(1).appendMissing();
        assertEquals("n\n1\n \nm: 2 rows × 1 columns", text(Table.create("m", missing)));
        Table mixed = Table.create("s", StringColumn.create("word", "one"), IntColumn.create("count", new int[] {1}));
        assertTrue(
                html(mixed).matches("(?s).*text-align:left\">one</td>.*text-align:right[^>]*>1</td>.*"), html(mixed));
        assertTrue(html(mixed).matches("(?s).*text-align:left\">word</th>.*text-align:right[^>]*>count</th>.*"));
        Drawings.keep("table.html", html(table));
    }

    @Test
    void chartsArePngWithADescription() {
        double[] id = Seeds.rng(1, "id").doubles(100).toArray();
        double[] ood = Seeds.rng(1, "ood").doubles(100).map(x -> x + 0.4).toArray();
        MimeBundle bundle = shown(RocChart.of("a < b", RocCurve.of(id, ood)));
        assertTrue(bundle.data().get(MimeBundle.PNG).getAsString().startsWith("iVBORw0KGgo"));
        assertEquals(
                "{\"width\":520,\"height\":480}",
                bundle.metadata().get(MimeBundle.PNG).toString());
        assertTrue(bundle.toString().contains("a < b (AUROC 0."));
        assertFalse(bundle.has(MimeBundle.SVG)); // nbconvert would show it blank
    }

    @Test
    void picturesArePng() {
        var grid = ImageGrid.of(List.<double[][]>of(Digits.load().image(0)), List.of("0"), 1);
        assertTrue(shown(grid).data().get(MimeBundle.PNG).getAsString().startsWith("iVBORw0KGgo"));
        assertEquals("a grid of 1 images, 1 a row; captions 0", text(grid));
        var plain = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        assertEquals("image, 3 x 2 pixels", text(plain));
        assertTrue(shown(plain).has(MimeBundle.PNG));
    }

    @Test
    void arraysShowShapeAndAFewValues() {
        String large = text(Nd4j.zeros(DataType.FLOAT, 1000, 1000));
        assertTrue(large.startsWith("INDArray float [1000, 1000]\n0  0"), large);
        assertTrue(large.length() < 2000 && large.contains("…"));
        assertTrue(html(Nd4j.zeros(DataType.FLOAT, 1000, 1000)).length() < 30_000);
        assertEquals("INDArray double [3]\n1, 2.5, 1.0000e-09", text(Nd4j.createFromArray(1.0, 2.5, 1e-9)));
        assertEquals("INDArray int [2, 2]\n1  2\n3  4\n", text(Nd4j.createFromArray(new int[][] {{1, 2}, {3, 4}})));
        assertTrue(text(Nd4j.zeros(DataType.DOUBLE, 10, 10, 10)).startsWith("INDArray double [10, 10, 10]\n0, 0, "));
        assertEquals("INDArray double []", text(Nd4j.empty(DataType.DOUBLE)));
        assertEquals("INDArray double []\n3.5", text(Nd4j.scalar(3.5)));
        assertEquals("INDArray bool [2]\n1, 0", text(Nd4j.createFromArray(true, false)));
        String matrix = text(MatrixUtils.createRealIdentityMatrix(200));
        assertTrue(matrix.startsWith("RealMatrix [200, 200]\n1  0  0") && matrix.length() < 1000, matrix);
    }

    @Test
    void claimsAreTableTextAndJson() {
        var claims = Claims.forPaper("palm").withSeeds(1, 2, 3);
        claims.check("two prototypes <b>beat</b> one (AUROC gain)", new double[] {0.08, 0.1, 0.09})
                .greaterThan(0);
        claims.check("kNN beats Mahalanobis", new double[] {-0.02, 0.03, 0.01}).greaterThan(0);
        claims.check("AUROC on held-out digits", new Interval(0.91, 0.89, 0.93, 0.95, "DeLong interval"))
                .atLeast(0.95);
        MimeBundle bundle = shown(claims.show());
        String html = bundle.data().get(MimeBundle.HTML).getAsString();
        assertTrue(html.contains(">SUPPORTED</span>") && html.contains(">NOT SHOWN</span>"));
        assertTrue(html.contains(">REFUTED</span>") && html.contains("&lt;b&gt;beat&lt;/b&gt;"));
        JsonObject json = bundle.data().getAsJsonObject(MimeBundle.CLAIMS);
        assertEquals("palm", json.get("paper").getAsString());
        assertEquals(3, json.getAsJsonArray("claims").size());
        assertTrue(bundle.toString().startsWith("Claims of palm, at this scale"));
        assertTrue(shown(claims).has(MimeBundle.CLAIMS));
        Drawings.keep("claims.html", html);
    }

    private record Outer(Knn options, Interval interval, List<String> names, String note) {}

    @Test
    void recordsAreTablesAndKeepTheirText() {
        var outer = new Outer(
                Knn.defaults(),
                new Interval(0.5, 0.25, 0.75, 0.95, "a < b"),
                java.util.stream.IntStream.range(0, 100).mapToObj(i -> "n" + i).toList(),
                "<img src=x>");
        assertEquals(outer.toString(), text(outer));
        String html = html(outer);
        assertTrue(html.contains("&lt;img src=x&gt;") && html.contains("a &lt; b") && html.contains("(100)"));
        assertEquals(3, html.split("<table", -1).length - 1);
        Drawings.keep("record.html", html);
    }
}
