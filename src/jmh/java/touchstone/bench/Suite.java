package touchstone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.ood.Batch;
import touchstone.ood.Detector;
import touchstone.ood.Detectors;
import touchstone.ood.DifferentiableModel;
import touchstone.ood.LinearHead;
import touchstone.ood.Scorer;

/**
 * Every detector of the library but two, once, cold: seconds to fit and to score, the sum, and the most memory the process held. The head is
 * that of nearest class means, so that methods that learn from rightly classified rows have some. Arguments: the peers' folder.
 */
public final class Suite {
    /** One trains a network on the features, the other refuses polynomials of 512 features. */
    private static final Set<String> APART = Set.of("DeepSvdd", "ChristoffelGuard");

    private Suite() {}

    /** Runs all. */
    public static void main(String[] args) throws IOException {
        var files = new Dump(Path.of(args[0]));
        INDArray x = files.rows("train");
        int[] labels = files.ints("labels");
        INDArray means = means(x, labels);
        LinearHead head = LinearHead.of(means, means.mul(means).sum(1).muli(-0.5));
        Batch train = batch(x, head, means).withLabels(labels);
        Batch query = batch(files.rows("query"), head, means);
        double total = 0;
        int count = 0;
        for (Detector detector : Detectors.ALL) {
            if (APART.contains(detector.name())) {
                continue;
            }
            total += run(detector, train, query);
            count++;
        }
        System.out.printf(Locale.ROOT, "%d detectors: %.1f s%n", count, total);
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            lines.filter(l -> l.startsWith("VmHWM")).forEach(System.out::println);
        }
    }

    private static double run(Detector detector, Batch train, Batch query) {
        long start = System.nanoTime();
        Scorer scorer = detector.fit(train);
        double fit = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        scorer.score(query);
        double score = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%-24s fit %7.3f s, score %7.3f s%n", detector.name(), fit, score);
        return fit + score;
    }

    private static INDArray means(INDArray x, int[] labels) {
        int classes = java.util.Arrays.stream(labels).max().orElseThrow() + 1;
        var sums = new float[classes][(int) x.size(1)];
        var counts = new int[classes];
        float[][] rows = x.toFloatMatrix();
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
            for (int j = 0; j < rows[i].length; j++) {
                sums[labels[i]][j] += rows[i][j];
            }
        }
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < sums[k].length; j++) {
                sums[k][j] /= counts[k];
            }
        }
        return Nd4j.createFromArray(sums);
    }

    /** Features that are the inputs too, and as activations 64 channels of them. */
    private static Batch batch(INDArray x, LinearHead head, INDArray weights) {
        var model = new DifferentiableModel() {
            @Override
            public INDArray logits(INDArray inputs) {
                return inputs.mmul(head.weights().transpose()).addiRowVector(head.bias());
            }

            @Override
            public INDArray inputGradient(INDArray inputs, INDArray upstream) {
                return upstream.mmul(weights.castTo(upstream.dataType()));
            }
        };
        long n = x.size(0);
        return Batch.ofInputs(x, model)
                .withFeatures(x)
                .withHead(head)
                .withActivations(x.reshape(n, 64, x.size(1) / 64));
    }
}
