package touchstone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import touchstone.ood.Batch;
import touchstone.ood.Detector;
import touchstone.ood.Detectors;
import touchstone.ood.DifferentiableModel;
import touchstone.ood.Input;
import touchstone.ood.LinearHead;
import touchstone.ood.Scorer;

/**
 * Every detector of the library but three, once, cold: seconds to fit and to score, the sum, and the most memory the process held. The head is
 * that of nearest class means, so that methods that learn from rightly classified rows have some. Arguments: the peers' folder.
 */
public final class Suite {
    /** They train a network, fit 200 full Gaussians by EM, and refuse polynomials of 512 features. */
    private static final Set<String> APART = Set.of("DeepSvdd", "ClassGaussianMixture", "ChristoffelGuard");

    private Suite() {}

    /** Runs all. */
    public static void main(String[] args) throws IOException {
        var files = new Dump(Path.of(args[0]));
        INDArray x = files.rows("train");
        int[] labels = files.ints("labels");
        INDArray means = means(x, labels);
        LinearHead head = LinearHead.of(means, means.mul(means).sum(1).muli(-0.5));
        Batch train = batch(x, head).withLabels(labels);
        INDArray q = files.rows("query");
        Batch query = batch(q, head);
        Batch some = Batch.ofInputs(q.get(NDArrayIndex.interval(0, 1000), NDArrayIndex.all()), model(head, means));
        Batch differentiable = Batch.ofInputs(q, model(head, means));
        double total = 0;
        int count = 0;
        for (Detector detector : Detectors.ALL) {
            if (APART.contains(detector.name())) {
                continue;
            }
            boolean gradient = detector.requires().contains(Input.GRADIENT);
            total += run(detector, gradient ? some : train, gradient ? differentiable : query);
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

    /** Features, which are 64 channels of activations too. */
    private static Batch batch(INDArray x, LinearHead head) {
        return Batch.of(x).withHead(head).withActivations(x.reshape(x.size(0), 64, x.size(1) / 64));
    }

    /** The head as a model of the features. */
    private static DifferentiableModel model(LinearHead head, INDArray weights) {
        return new DifferentiableModel() {
            @Override
            public INDArray logits(INDArray inputs) {
                return inputs.mmul(head.weights().transpose()).addiRowVector(head.bias());
            }

            @Override
            public INDArray inputGradient(INDArray inputs, INDArray upstream) {
                return upstream.mmul(weights.castTo(upstream.dataType()));
            }
        };
    }
}
