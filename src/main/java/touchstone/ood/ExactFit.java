package touchstone.ood;

import java.util.function.Function;
import java.util.stream.IntStream;

/** A streaming fit: checks of what comes in, fingerprints of what is there, and the detector's summary. */
final class ExactFit implements StreamingFit {
    private static final double LARGEST = 1e150; // its square is a double

    private final Detector detector;
    private final Function<Shape, Summary> start;
    private final Fingerprints fingerprints = new Fingerprints();
    private Shape shape = Shape.NONE;
    private Summary summary;

    private ExactFit(Detector detector, Function<Shape, Summary> start) {
        this.detector = detector;
        this.start = start;
        summary = start.apply(Shape.NONE);
    }

    /** A fit without rows, which starts its summary at the first of them. */
    static StreamingFit of(Detector detector, Function<Shape, Summary> start) {
        return new ExactFit(detector, start);
    }

    @Override
    public void add(Batch rows) {
        long[] prints = prints(rows);
        demandSmall(rows.featureRows());
        if (size() == 0) {
            shape = Shape.of(rows);
            summary = start.apply(shape);
        }
        shape.demand(Shape.of(rows));
        summary.add(rows);
        fingerprints.add(prints);
    }

    @Override
    public void remove(Batch rows) {
        long[] prints = prints(rows);
        if (size() > 0) {
            shape.demand(Shape.of(rows));
        }
        fingerprints.remove(prints);
        summary.remove(rows);
    }

    @Override
    public int size() {
        return fingerprints.size();
    }

    @Override
    public Scorer scorer() {
        if (size() == 0) {
            throw new IllegalArgumentException("the fit must have rows before it can score, had 0");
        }
        Scorer scorer = summary.scorer();
        var checked = new CheckedScorer(detector.name(), detector.requires(), shape, scorer);
        return scorer instanceof ExplainingScorer explaining ? new CheckedExplainer(checked, explaining) : checked;
    }

    /** One fingerprint a row, of what the detector looks at. */
    private long[] prints(Batch rows) {
        rows.demand(detector.requires(), detector.name());
        boolean logits = detector.requires().contains(Input.LOGITS);
        boolean labels = detector.requires().contains(Input.LABELS);
        boolean features = rows.featureRows().length > 0;
        return IntStream.range(0, rows.size())
                .mapToLong(i -> Fingerprints.of(
                        labels ? rows.labelAt(i) : 0,
                        Fingerprints.of(logits ? rows.logitRows()[i] : new double[0]),
                        Fingerprints.of(features ? rows.featureRows()[i] : new double[0])))
                .toArray();
    }

    private static void demandSmall(double[][] x) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                if (Math.abs(x[i][j]) >= LARGEST) {
                    throw new IllegalArgumentException("features[" + i + "][" + j + "] must be below " + LARGEST
                            + " in size for its square to be summed, was " + x[i][j]);
                }
            }
        }
    }
}
