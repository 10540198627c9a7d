package touchstone.nn.cpu;

import touchstone.nn.Activation;
import touchstone.nn.Tensor;

/** {@link Rows} in double, whatever the tensors hold. */
final class RowKernels implements Rows {

    @Override
    public void activate(Activation f, Tensor x, Tensor y, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < x.columns(); j++) {
                y.set(i, j, f.value(x.get(i, j)));
            }
        }
    }

    @Override
    public void activateGradient(Activation f, Tensor x, Tensor dy, Tensor dx, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < x.columns(); j++) {
                dx.set(i, j, dy.get(i, j) * f.slope(x.get(i, j)));
            }
        }
    }

    @Override
    public void softmax(Tensor x, Tensor y, int row, int width) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < width; j++) {
            most = Math.max(most, x.get(row, j));
        }
        double sum = 0;
        for (int j = 0; j < width; j++) {
            double e = Math.exp(x.get(row, j) - most);
            y.set(row, j, e);
            sum += e;
        }
        for (int j = 0; j < width; j++) {
            y.set(row, j, y.get(row, j) / sum);
        }
        for (int j = width; j < y.columns(); j++) {
            y.set(row, j, 0);
        }
    }

    @Override
    public void softmaxGradient(Tensor y, Tensor dy, Tensor dx, int row) {
        double dot = dot(y, dy, row);
        for (int j = 0; j < y.columns(); j++) {
            dx.set(row, j, y.get(row, j) * (dy.get(row, j) - dot));
        }
    }

    @Override
    public void normalise(Tensor x, double epsilon, Tensor y, Tensor inverse, int row) {
        int d = x.columns();
        double mean = 0;
        for (int j = 0; j < d; j++) {
            mean += x.get(row, j);
        }
        mean /= d;
        double squares = 0;
        for (int j = 0; j < d; j++) {
            double off = x.get(row, j) - mean;
            squares += off * off;
        }
        double factor = 1 / Math.sqrt(squares / d + epsilon);
        inverse.set(row, 0, factor);
        for (int j = 0; j < d; j++) {
            y.set(row, j, (x.get(row, j) - mean) * factor);
        }
    }

    @Override
    public void normaliseGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx, int row) {
        int d = y.columns();
        double mean = 0;
        for (int j = 0; j < d; j++) {
            mean += dy.get(row, j);
        }
        mean /= d;
        double along = dot(y, dy, row) / d;
        double factor = inverse.get(row, 0);
        for (int j = 0; j < d; j++) {
            dx.set(row, j, factor * (dy.get(row, j) - mean - y.get(row, j) * along));
        }
    }

    @Override
    public void timesRow(Tensor x, Tensor row, Tensor out, int i) {
        for (int j = 0; j < x.columns(); j++) {
            out.set(i, j, x.get(i, j) * row.get(0, j));
        }
    }

    private static double dot(Tensor a, Tensor b, int row) {
        double sum = 0;
        for (int j = 0; j < a.columns(); j++) {
            sum += a.get(row, j) * b.get(row, j);
        }
        return sum;
    }
}
