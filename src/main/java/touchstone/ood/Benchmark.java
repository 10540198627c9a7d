package touchstone.ood;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import touchstone.metrics.Auroc;
import touchstone.metrics.AveragePrecision;
import touchstone.metrics.FprAtTpr;
import touchstone.util.Check;

/**
 * A comparison of detectors over kinds of out-of-distribution data and seeds. Every detector is fitted once a trial and sees the same
 * rows. One that a trial lacks something for is left out with the reason.
 *
 * @param detectors two or more, of different names
 */
public record Benchmark(List<Detector> detectors) {
    public Benchmark {
        detectors = List.copyOf(detectors);
        Check.atLeast(detectors.size(), 2, "number of detectors");
        long names = detectors.stream().map(Detector::name).distinct().count();
        if (names < detectors.size()) {
            throw new IllegalArgumentException("detectors must have different names, had "
                    + detectors.stream().map(Detector::name).toList());
        }
    }

    /**
     * Fits and scores.
     *
     * @param trials one a seed, all of the same kinds; one or more
     * @throws IllegalArgumentException if the kinds differ, or no detector can be fitted
     */
    public BenchmarkTable run(List<Trial> trials) {
        Check.nonEmpty(trials.size(), "trials");
        var kinds = List.copyOf(trials.get(0).ood().keySet());
        for (int t = 1; t < trials.size(); t++) {
            if (!List.copyOf(trials.get(t).ood().keySet()).equals(kinds)) {
                throw new IllegalArgumentException("trials[" + t + "] must have the kinds of the first, " + kinds
                        + ", had " + List.copyOf(trials.get(t).ood().keySet()));
            }
        }
        var rows = new ArrayList<BenchmarkTable.Row>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (Detector detector : detectors) {
            try {
                rows.addAll(rows(detector, kinds, trials));
            } catch (IllegalArgumentException e) {
                leftOut.put(detector.name(), String.valueOf(e.getMessage()));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("trials must have what a detector needs: " + leftOut);
        }
        return new BenchmarkTable(kinds, trials.size(), rows, leftOut);
    }

    private static List<BenchmarkTable.Row> rows(Detector detector, List<String> kinds, List<Trial> trials) {
        int k = kinds.size();
        var auroc = new double[k][trials.size()];
        var fpr = new double[k][trials.size()];
        var precision = new double[k][trials.size()];
        for (int t = 0; t < trials.size(); t++) {
            Scorer scorer = detector.fit(trials.get(t).train());
            double[] in = scorer.score(trials.get(t).id());
            for (int i = 0; i < k; i++) {
                double[] out = scorer.score(trials.get(t).of(kinds.get(i)));
                auroc[i][t] = Auroc.of(in, out);
                fpr[i][t] = FprAtTpr.idPositive(in, out, 0.95);
                precision[i][t] = AveragePrecision.oodPositive(in, out);
            }
        }
        var rows = new ArrayList<BenchmarkTable.Row>();
        for (int i = 0; i < k; i++) {
            rows.add(BenchmarkTable.Row.of(detector.name(), kinds.get(i), auroc[i], fpr[i], precision[i]));
        }
        return rows;
    }
}
