package touchstone.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import touchstone.data.Digits;
import touchstone.metrics.ConfusionMatrix;
import touchstone.metrics.Reliability;
import touchstone.metrics.RocCurve;
import touchstone.stats.Interval;
import touchstone.testing.Drawings;
import touchstone.util.Seeds;

class ChartsTest {
    private static double[] normal(String label, int n, double mean) {
        RandomGenerator rng = Seeds.rng(1, label);
        return IntStream.range(0, n).mapToDouble(i -> rng.nextGaussian() + mean).toArray();
    }

    private final double[] id = normal("id", 300, 0);
    private final double[] ood = normal("ood", 200, 1.8);

    @Test
    void roc() {
        Map<String, RocCurve> curves = new LinkedHashMap<>();
        curves.put("Mahalanobis", RocCurve.of(id, ood));
        curves.put("Knn", RocCurve.of(id, normal("other", 200, 0.9)));
        XYChart chart = RocChart.of(curves);
        Drawings.keep("roc", chart);
        String text = Describe.chart(chart);
        assertTrue(text.startsWith("XY chart \"ROC: out-of-distribution is positive\"; true positive rate"), text);
        assertTrue(text.contains("Mahalanobis (AUROC 0.9"), text);
        assertTrue(text.contains("y 0 to 1"), text);
        assertEquals(3, chart.getSeriesCollection().size());
    }

    @Test
    void svgHasATitleAndIdsOfItsOwn() {
        String a = Svg.of(RocChart.of("a < b", RocCurve.of(id, ood)));
        String b = Svg.of(HistogramPair.of(id, ood));
        assertTrue(a.startsWith("<svg ") && a.endsWith("</svg>") && a.length() < 250_000, "length " + a.length());
        assertTrue(a.contains("a &lt; b (AUROC 0.9"), a.substring(0, 500));
        String clip = a.replaceAll("(?s).*<clipPath id=\"([^\"]+)\".*", "$1");
        assertTrue(clip.startsWith("clip") && !b.contains(clip), clip);
        Drawings.keep("histograms.svg", b);
    }

    @Test
    void histogramPairIsADensity() {
        XYChart chart = HistogramPair.of(id, ood);
        Drawings.keep("histograms", chart);
        for (var series : chart.getSeriesCollection()) {
            double area = 0;
            for (int i = 1; i < series.getXData().length; i++) {
                double width = series.getXData()[i] - series.getXData()[i - 1];
                area += width * (series.getYData()[i] + series.getYData()[i - 1]) / 2;
            }
            assertEquals(1, area, 1e-9, series.getName()); // a sum of 40 bins
        }
        assertEquals(
                2,
                HistogramPair.of(new double[] {1}, new double[] {1})
                        .getSeriesCollection()
                        .size());
    }

    @Test
    void reliabilityDiagram() {
        RandomGenerator rng = Seeds.rng(2, "confidence");
        var confidence = new double[500];
        var correct = new boolean[500];
        for (int i = 0; i < 500; i++) {
            confidence[i] = 0.3 + 0.7 * rng.nextDouble();
            correct[i] = rng.nextDouble() < 0.8 * confidence[i];
        }
        XYChart chart = ReliabilityDiagram.of(Reliability.equalWidth(confidence, correct, 10));
        Drawings.keep("reliability", chart);
        assertTrue(Describe.chart(chart).contains("accuracy a bin (ECE 0.1"), Describe.chart(chart));
    }

    @Test
    void aBandIsCutToWhatItsMeasureCanBe() {
        Band wide = Band.overSeeds("kNN", new double[][] {{0.99, 0.5}, {0.95, 0.1}});
        assertTrue(wide.upper()[0] > 1 && wide.lower()[1] < 0, "two runs say little");
        Band cut = wide.within(0, 1);
        assertEquals(1, cut.upper()[0]);
        assertEquals(0, cut.lower()[1]);
        assertEquals(wide.lower()[0], cut.lower()[0]);
        assertEquals(0.97, cut.mean()[0], 1e-12); // rounding of the mean
        assertTrue(assertThrows(IllegalArgumentException.class, () -> wide.within(0, 0.5))
                .getMessage()
                .startsWith("the band must hold the line"));
    }

    @Test
    void lineWithBand() {
        double[] x = IntStream.range(1, 21).mapToDouble(i -> 50 * i).toArray();
        var a = new double[6][20];
        var b = new double[6][20];
        for (int s = 0; s < 6; s++) {
            RandomGenerator rng = Seeds.rng(3, "runs", s);
            for (int i = 0; i < 20; i++) {
                a[s][i] = 1 - Math.exp(-i / 6.0) + 0.06 * rng.nextGaussian();
                b[s][i] = 0.8 - 0.8 * Math.exp(-i / 3.0) + 0.05 * rng.nextGaussian();
            }
        }
        XYChart chart = LineWithBand.of(
                "Agreement by pairs seen",
                "training pairs",
                "agreement",
                x,
                Band.overSeeds("reward model", a),
                Band.overSeeds("length rule", b));
        Drawings.keep("band", chart);
        String text = Describe.chart(chart);
        assertTrue(text.contains("reward model: 20 points, x 50 to 1000"), text);
        assertTrue(!text.contains("band of"), text);
        assertEquals(
                "the band must hold the line, was [1.0, 2.0] around 0.0 at index 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Band("x", new double[] {0}, new double[] {1}, new double[] {2}))
                        .getMessage());
    }

    @Test
    void confusionHeatMap() {
        int n = 900;
        RandomGenerator rng = Seeds.rng(4, "labels");
        int[] actual = rng.ints(n, 0, 10).toArray();
        int[] predicted = IntStream.of(actual)
                .map(a -> rng.nextDouble() < 0.9 ? a : rng.nextInt(10))
                .toArray();
        Picture picture = ConfusionHeatMap.of(ConfusionMatrix.of(actual, predicted, 10));
        Drawings.keep("confusion", picture);
        assertTrue(picture.description().startsWith("confusion matrix of 10 classes, accuracy 0.9"));
        assertTrue(picture.description().contains("taken for"));
        assertEquals(2 * picture.width(), picture.image().getWidth());
    }

    @Test
    void heatMap() {
        var field = new double[20][30];
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 30; j++) {
                field[i][j] = Math.hypot(i - 10, j - 15);
            }
        }
        Picture picture = HeatMap.of("A field", "across", "down", field);
        Drawings.keep("heat", picture);
        assertEquals(
                "heat map \"A field\" of 20 x 30 numbers from 0.00 to 18.0; down over across", picture.description());
        // the middle is near white, the corner dark: a cell is 12 pixels, drawn at twice the size
        int middle = picture.image().getRGB(2 * (56 + 15 * 12 + 6), 2 * (40 + 10 * 12 + 6)) & 0xFF;
        int corner = picture.image().getRGB(2 * (56 + 6), 2 * (40 + 6)) & 0xFF;
        assertTrue(middle > 240 && corner < 110, middle + " and " + corner);
        assertEquals(
                "field[1] and field[0] must be of equal length, were 1 and 2",
                assertThrows(IllegalArgumentException.class, () -> HeatMap.of("", "", "", new double[][] {{1, 2}, {1}}))
                        .getMessage());
    }

    @Test
    void imageGridShowsInk() {
        Digits digits = Digits.load();
        List<double[][]> images = IntStream.range(0, 20).mapToObj(digits::image).toList();
        List<String> captions = IntStream.range(0, 20)
                .mapToObj(i -> String.valueOf(digits.labels()[i]))
                .toList();
        Picture picture = ImageGrid.of(images, captions, 10);
        Drawings.keep("grid", picture);
        BufferedImage image = picture.image();
        // the first digit's pixel (0, 3) is 13 of 16, its pixel (0, 0) is paper
        assertTrue((image.getRGB(2 * (12 + 28), 2 * (12 + 4)) & 0xFF) < 90);
        assertEquals(245, image.getRGB(2 * (12 + 4), 2 * (12 + 4)) & 0xFF);
        assertTrue(picture.toString().startsWith("a grid of 20 images, 10 a row; captions 0, 1, 2"));
        image.setRGB(0, 0, 0);
        assertNotEquals(image.getRGB(0, 0), picture.image().getRGB(0, 0)); // a copy
    }

    @Test
    void intervals() {
        List<Interval> means = List.of(
                new Interval(0.973, 0.962, 0.984, 0.95, "t"),
                new Interval(0.951, 0.93, 0.972, 0.95, "t"),
                new Interval(0.802, 0.78, 0.824, 0.95, "t"));
        Picture plot = IntervalPlot.of("AUROC", "mean over seeds", List.of("Knn", "Mahalanobis", "Ash"), means);
        Drawings.keep("intervals", plot);
        assertTrue(plot.description().startsWith("AUROC: Knn 0.973 [0.962, 0.984]; Mahalanobis"), plot.description());
        assertNotEquals(
                plot.image().getRGB(0, 0), // paper; the first dot is at the foot of its row's name
                plot.image()
                        .getRGB(
                                (24 + 7 * 11 + (int) (420 * (0.973 - 0.75) / 0.25)) * Picture.SCALE,
                                52 * Picture.SCALE));
        assertThrows(IllegalArgumentException.class, () -> IntervalPlot.of("", "", List.of("a"), List.of()));
    }
}
