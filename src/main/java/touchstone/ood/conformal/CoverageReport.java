package touchstone.ood.conformal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import touchstone.stats.Interval;
import touchstone.stats.Proportion;
import touchstone.util.Check;

/**
 * What sets did on test examples.
 *
 * @param tested number of test examples
 * @param covered how many sets held the true class
 * @param expected where the share covered lies with 95 % chance, by the law of the calibration
 * @param sizes how many sets held 0, 1, .., c classes, [c + 1]
 * @param classes the true classes that occur, by number
 */
public record CoverageReport(
        int tested, int covered, Interval expected, List<Integer> sizes, List<ClassCoverage> classes) {
    private static final double LEVEL = 0.95;

    public CoverageReport {
        Check.atLeast(tested, 1, "tested");
        Check.index(covered, tested + 1, "covered");
        sizes = List.copyOf(sizes);
        classes = List.copyOf(classes);
    }

    /**
     * The test examples of one class.
     *
     * @param label the class
     * @param coverage the share of its sets that held it, with Clopper and Pearson's 95 % interval
     * @param tested its number of test examples
     * @param meanSize mean number of classes of its sets
     */
    public record ClassCoverage(int label, Interval coverage, int tested, double meanSize) {}

    /** The report of sets, the true classes [n] and the law of the calibration. */
    public static CoverageReport of(PredictionSets sets, int[] labels, CoverageLaw law) {
        boolean[] hit = sets.covered(labels);
        int[] size = sets.sizes();
        var sizes = new Integer[sets.classes() + 1];
        Arrays.fill(sizes, 0);
        int covered = 0;
        for (int i = 0; i < hit.length; i++) {
            sizes[size[i]]++;
            covered += hit[i] ? 1 : 0;
        }
        var classes = new ArrayList<ClassCoverage>();
        for (int c = 0; c < sets.classes(); c++) {
            int label = c;
            int[] rows = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == label)
                    .toArray();
            if (rows.length > 0) {
                int hits = (int) Arrays.stream(rows).filter(i -> hit[i]).count();
                double mean = Arrays.stream(rows).map(i -> size[i]).average().orElseThrow();
                Interval share = Proportion.clopperPearson(hits, rows.length, LEVEL);
                classes.add(new ClassCoverage(label, share, rows.length, mean));
            }
        }
        return new CoverageReport(hit.length, covered, law.interval(hit.length, LEVEL), List.of(sizes), classes);
    }

    /** The share of sets that held the true class, in [0, 1]. */
    public double coverage() {
        return (double) covered / tested;
    }

    /** Whether the share lies where the law puts it with 95 % chance. */
    public boolean asExpected() {
        return expected.contains(coverage());
    }

    /** Mean number of classes a set. */
    public double meanSize() {
        long sum = 0;
        for (int k = 0; k < sizes.size(); k++) {
            sum += (long) k * sizes.get(k);
        }
        return (double) sum / tested;
    }

    @Override
    public String toString() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "covered %d of %d (%.4f), expected %.4f [%.4f, %.4f]; mean size %.3f, sizes %s",
                covered,
                tested,
                coverage(),
                expected.estimate(),
                expected.lower(),
                expected.upper(),
                meanSize(),
                sizes));
        for (ClassCoverage c : classes) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  class %d: %.4f [%.4f, %.4f] of %d, mean size %.3f",
                    c.label(),
                    c.coverage().estimate(),
                    c.coverage().lower(),
                    c.coverage().upper(),
                    c.tested(),
                    c.meanSize()));
        }
        return text.toString();
    }
}
