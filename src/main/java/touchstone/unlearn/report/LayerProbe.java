package touchstone.unlearn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
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
        double[][] scale = scale(x);
        double[][] weights = fit(scaled(x, scale), labels, classes);
        double[][] rows = scaled(test, scale);
        int counted = 0;
        int hits = 0;
        for (int i = 0; i < rows.length; i++) {
            if (truth[i] >= 0) {
                counted++;
                hits += best(rows[i], weights, classes) == truth[i] ? 1 : 0;
            }
        }
        Check.atLeast(counted, 1, "labels of the half that is asked");
        return (double) hits / counted;
    }

    private double[][] fit(double[][] x, int[] labels, int classes) {
        int d = x[0].length;
        var gram = new double[d][d];
        var right = new double[d][classes];
        for (int i = 0; i < x.length; i++) {
            if (labels[i] >= 0) {
                for (int j = 0; j < d; j++) {
                    right[j][labels[i]] += x[i][j];
                    for (int k = 0; k < d; k++) {
                        gram[j][k] += x[i][j] * x[i][k];
                    }
                }
            }
        }
        for (int j = 0; j < d; j++) {
            gram[j][j] += l2 * x.length;
        }
        RealMatrix solved = new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false), 1e-9, 0)
                .getSolver()
                .solve(new Array2DRowRealMatrix(right, false));
        return solved.getData();
    }

    private static int best(double[] row, double[][] weights, int classes) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            double score = 0;
            for (int j = 0; j < row.length; j++) {
                score += row[j] * weights[j][c];
            }
            if (score > most) {
                most = score;
                best = c;
            }
        }
        return best;
    }

    /** Mean and deviation of each column; 1 for a column without any. */
    private static double[][] scale(double[][] x) {
        var moments = new double[2][x[0].length];
        for (int j = 0; j < x[0].length; j++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : x) {
                sum += row[j];
                squares += row[j] * row[j];
            }
            moments[0][j] = sum / x.length;
            double variance = squares / x.length - moments[0][j] * moments[0][j];
            moments[1][j] = variance > 1e-12 ? Math.sqrt(variance) : 1;
        }
        return moments;
    }

    /** Scaled rows with a 1 at the end. */
    private static double[][] scaled(double[][] x, double[][] moments) {
        var out = new double[x.length][x[0].length + 1];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                out[i][j] = (x[i][j] - moments[0][j]) / moments[1][j];
            }
            out[i][x[i].length] = 1;
        }
        return out;
    }
}
