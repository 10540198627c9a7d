package touchstone.nn.lm;

import java.util.Arrays;

/** The keys and values of one block for sequences that grow in step; attention of the newest position over all so far. */
final class KeyValues {
    private final int width;
    private final double[][] keys;
    private final double[][] values;
    private int length;

    KeyValues(int sequences, int most, int width) {
        this.width = width;
        keys = new double[sequences][most * width];
        values = new double[sequences][most * width];
    }

    /**
     * Takes the newest position of each sequence and gives what its heads mix.
     *
     * @param projected queries, keys, values, [n * 3 d], row by row
     * @return [n * d]
     */
    double[] attend(double[] projected, int heads) {
        var out = new double[keys.length * width];
        for (int i = 0; i < keys.length; i++) {
            int at = i * 3 * width;
            System.arraycopy(projected, at + width, keys[i], length * width, width);
            System.arraycopy(projected, at + 2 * width, values[i], length * width, width);
        }
        length++;
        for (int i = 0; i < keys.length; i++) {
            for (int h = 0; h < heads; h++) {
                mix(projected, i, h * (width / heads), width / heads, out);
            }
        }
        return out;
    }

    private void mix(double[] projected, int i, int from, int w, double[] out) {
        double[] p = weights(projected, i * 3 * width + from, keys[i], from, w);
        for (int t = 0; t < length; t++) {
            for (int j = 0; j < w; j++) {
                out[i * width + from + j] += p[t] * values[i][t * width + from + j];
            }
        }
    }

    private double[] weights(double[] projected, int query, double[] k, int from, int w) {
        var scores = new double[length];
        for (int t = 0; t < length; t++) {
            for (int j = 0; j < w; j++) {
                scores[t] += projected[query + j] * k[t * width + from + j];
            }
            scores[t] /= Math.sqrt(w);
        }
        return softmax(scores);
    }

    /** Softmax of scores. */
    static double[] softmax(double[] z) {
        double most = Arrays.stream(z).max().orElse(0);
        var p = new double[z.length];
        double sum = 0;
        for (int j = 0; j < z.length; j++) {
            p[j] = Math.exp(z[j] - most);
            sum += p[j];
        }
        for (int j = 0; j < z.length; j++) {
            p[j] /= sum;
        }
        return p;
    }
}
