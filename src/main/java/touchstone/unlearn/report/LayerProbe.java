package touchstone.unlearn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.nn.RidgeProbe;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Whether the forgotten labels can still be read from a model's layers by a linear map. A ridge regression to one-hot labels is fitted
 * to each layer of half of the forget set (its even numbers) and all of the retained one, and scored on the other half.
 *
 * @param l2 of the ridge, an example and of features scaled to deviation 1, above 0
 */
@Reference("alain2017understanding")
public record LayerProbe(double l2) {
    public LayerProbe {
        Check.positive(l2, "l2");
    }

    /** l2 0.01. */
    public static LayerProbe defaults() {
        return new LayerProbe(0.01);
    }

    /** Share of the other half's labels that the probe of each layer gets right, in [0, 1]; from the first layer to the logits. */
    public List<Double> accuracies(ForgetModel model, ForgetSplit split) {
        int n = split.forget().size();
        Check.atLeast(n, 2, "examples to forget, of which the probe learns half");
        int[] even = IntStream.range(0, n).filter(i -> i % 2 == 0).toArray();
        int[] odd = IntStream.range(0, n).filter(i -> i % 2 == 1).toArray();
        Examples train = split.forget().select(even).and(split.retain());
        Examples test = split.forget().select(odd);
        List<double[][]> learn = model.layers(train.tensor(model.backend()));
        List<double[][]> asked = model.layers(test.tensor(model.backend()));
        var accuracies = new ArrayList<Double>();
        for (int layer = 0; layer < learn.size(); layer++) {
            accuracies.add(
                    accuracy(learn.get(layer), train.labels(), asked.get(layer), test.labels(), model.outputs()));
        }
        return List.copyOf(accuracies);
    }

    private double accuracy(double[][] x, int[] labels, double[][] test, int[] truth, int classes) {
        int[] said = RidgeProbe.fit(x, labels, classes, l2).predict(test);
        int counted = 0;
        int hits = 0;
        for (int i = 0; i < said.length; i++) {
            if (truth[i] >= 0) {
                counted++;
                hits += said[i] == truth[i] ? 1 : 0;
            }
        }
        Check.atLeast(counted, 1, "labels of the half that is asked");
        return (double) hits / counted;
    }
}
