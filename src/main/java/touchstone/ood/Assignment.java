package touchstone.ood;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Reference;

/** Soft assignments of embeddings to prototypes, [n][J], as PALM makes and prunes them. */
@Reference({"cuturi2013sinkhorn", "lu2024palm"})
final class Assignment {
    private Assignment() {}

    /** {@code exp(f.p / epsilon)} scaled in turns to even column and row sums; rows add to 1. */
    static double[][] sinkhorn(double[][] f, double[][] p, double epsilon) {
        var q = new double[f.length][];
        for (int i = 0; i < f.length; i++) {
            q[i] = ScatterMatrix.apply(p, f[i]);
        }
        double most = Arrays.stream(q).mapToDouble(Vectors::max).max().orElse(0);
        for (double[] row : q) {
            for (int j = 0; j < row.length; j++) {
                row[j] = Math.exp((row[j] - most) / epsilon);
            }
        }
        for (int round = 0; round < Palm.ROUNDS; round++) {
            q = rowsToOne(columnsToOne(q));
        }
        return q;
    }

    /** The assignments to prototypes of the row's own class, j mod C; 0 elsewhere. */
    static double[][] ownClass(double[][] q, int[] labels, int classes) {
        var out = new double[q.length][q[0].length];
        for (int i = 0; i < q.length; i++) {
            for (int j = labels[i]; j < out[i].length; j += classes) {
                out[i][j] = q[i][j];
            }
        }
        return out;
    }

    /** The values at the k largest places of each row's keys, the first of equals; 0 elsewhere. */
    static double[][] largest(double[][] values, double[][] keys, int k) {
        var out = new double[values.length][values[0].length];
        for (int i = 0; i < out.length; i++) {
            double[] key = keys[i];
            double[] from = values[i];
            double[] to = out[i];
            IntStream.range(0, key.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(key[b], key[a]))
                    .limit(k)
                    .forEach(j -> to[j] = from[j]);
        }
        return out;
    }

    /** Each row over its sum; a row of zeros stays. */
    static double[][] rowsToOne(double[][] q) {
        return Arrays.stream(q)
                .map(row -> {
                    double sum = Vectors.sum(row);
                    return Arrays.stream(row).map(v -> sum > 0 ? v / sum : 0).toArray();
                })
                .toArray(double[][]::new);
    }

    /** Each column over its sum; a column of zeros stays. */
    static double[][] columnsToOne(double[][] q) {
        var sums = new double[q[0].length];
        for (double[] row : q) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += row[j];
            }
        }
        return Arrays.stream(q)
                .map(row -> IntStream.range(0, sums.length)
                        .mapToDouble(j -> sums[j] > 0 ? row[j] / sums[j] : 0)
                        .toArray())
                .toArray(double[][]::new);
    }
}
