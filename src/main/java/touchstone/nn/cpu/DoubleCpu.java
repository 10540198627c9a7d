package touchstone.nn.cpu;

import java.util.Arrays;
import touchstone.nn.Activation;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/** Arithmetic in double: by plain loops alone. */
final class DoubleCpu extends CpuBackend {
    DoubleCpu(Threads threads) {
        super(threads, new RowKernels());
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        return new DoubleTensor(new double[Math.multiplyExact(rows, columns)], rows, columns, 0, columns);
    }

    @Override
    public void ab(Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demand(a.columns(), b.columns(), "b").columns(), "out");
        product(DoubleTensor.of(a), DoubleTensor.of(b), false, DoubleTensor.of(out));
    }

    @Override
    public void abt(Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demandColumns(a.columns(), "b").rows(), "out");
        product(DoubleTensor.of(a), DoubleTensor.of(b), true, DoubleTensor.of(out));
    }

    private void product(DoubleTensor a, DoubleTensor b, boolean tb, DoubleTensor out) {
        long work = (long) a.size() * out.columns();
        fill(out, 0);
        DoubleTensor right = tb ? DoubleGemm.transpose(b) : b;
        threads.share(out.rows(), work, (from, to) -> DoubleGemm.add(a, false, right, out, from, to));
    }

    @Override
    public void addAtb(Tensor a, Tensor b, Tensor out) {
        out.demand(a.columns(), b.demand(a.rows(), b.columns(), "b").columns(), "out");
        DoubleTensor left = DoubleTensor.of(a);
        DoubleTensor right = DoubleTensor.of(b);
        DoubleTensor to = DoubleTensor.of(out);
        long work = (long) a.size() * b.columns();
        threads.share(out.rows(), work, (i, j) -> DoubleGemm.add(left, true, right, to, i, j));
    }

    @Override
    public void fill(Tensor x, double value) {
        DoubleTensor t = DoubleTensor.of(x);
        for (int i = 0; i < t.rows(); i++) {
            Arrays.fill(t.data, t.start(i), t.start(i) + t.columns(), value);
        }
    }

    @Override
    public void add(double factor, Tensor x, Tensor y) {
        same(x, y, "y");
        DoubleTensor from = DoubleTensor.of(x);
        DoubleTensor to = DoubleTensor.of(y);
        for (int i = 0; i < x.rows(); i++) {
            DoubleLoops.add(factor, from.data, from.start(i), to.data, to.start(i), x.columns());
        }
    }

    @Override
    public void times(Tensor x, Tensor y, Tensor out) {
        same(x, y, "y");
        same(x, out, "out");
        DoubleTensor to = DoubleTensor.of(out);
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                to.data[to.start(i) + j] = x.get(i, j) * y.get(i, j);
            }
        }
    }

    @Override
    public void scale(double factor, Tensor x) {
        DoubleTensor t = DoubleTensor.of(x);
        for (int i = 0; i < t.rows(); i++) {
            DoubleLoops.scale(factor, t.data, t.start(i), t.columns());
        }
    }

    @Override
    public double sumOfSquares(Tensor x) {
        DoubleTensor t = DoubleTensor.of(x);
        double sum = 0;
        for (int i = 0; i < t.rows(); i++) {
            sum += DoubleLoops.squares(t.data, t.start(i), t.columns());
        }
        return sum;
    }

    @Override
    public void addRow(Tensor row, Tensor x) {
        DoubleTensor from = DoubleTensor.of(row.demand(1, x.columns(), "row"));
        DoubleTensor to = DoubleTensor.of(x);
        for (int i = 0; i < x.rows(); i++) {
            DoubleLoops.add(1, from.data, from.start(0), to.data, to.start(i), x.columns());
        }
    }

    @Override
    public void addColumnSums(Tensor x, Tensor out) {
        DoubleTensor from = DoubleTensor.of(x);
        DoubleTensor to = DoubleTensor.of(out.demand(1, x.columns(), "out"));
        for (int i = 0; i < x.rows(); i++) {
            DoubleLoops.add(1, from.data, from.start(i), to.data, to.start(0), x.columns());
        }
    }

    @Override
    HeadKernels kernels(Heads heads, int d) {
        return new AttentionKernels(this, heads, d);
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        if (f == Activation.RELU) {
            same(x, y, "y");
            DoubleTensor from = DoubleTensor.of(x);
            DoubleTensor to = DoubleTensor.of(y);
            for (int i = 0; i < x.rows(); i++) {
                DoubleLoops.relu(from.data, from.start(i), to.data, to.start(i), x.columns());
            }
        } else {
            super.activate(f, x, y);
        }
    }

    @Override
    public void activateGradient(Activation f, Tensor x, Tensor dy, Tensor dx) {
        if (f == Activation.RELU) {
            same(x, dy, "dy");
            same(x, dx, "dx");
            for (int i = 0; i < x.rows(); i++) {
                DoubleLoops.reluGradient(DoubleTensor.of(x), DoubleTensor.of(dy), DoubleTensor.of(dx), i);
            }
        } else {
            super.activateGradient(f, x, dy, dx);
        }
    }

    @Override
    public void selectRows(Tensor x, int[] rows, Tensor out) {
        DoubleTensor from = DoubleTensor.of(x);
        DoubleTensor to = DoubleTensor.of(out.demand(rows.length, x.columns(), "out"));
        for (int i = 0; i < rows.length; i++) {
            int row = Check.index(rows[i], x.rows(), "rows[" + i + "]");
            System.arraycopy(from.data, from.start(row), to.data, to.start(i), x.columns());
        }
    }

    @Override
    public void lookUp(Tensor table, Tensor ids, Tensor out) {
        out.demand(ids.size(), table.columns(), "out");
        DoubleTensor from = DoubleTensor.of(table);
        DoubleTensor to = DoubleTensor.of(out);
        for (int i = 0; i < ids.size(); i++) {
            int id = Lookups.id(ids, i, table.rows());
            System.arraycopy(from.data, from.start(id), to.data, to.start(i), table.columns());
        }
    }

    @Override
    public void addLookUpGradient(Tensor ids, Tensor dy, Tensor table) {
        dy.demand(ids.size(), table.columns(), "dy");
        DoubleTensor from = DoubleTensor.of(dy);
        DoubleTensor to = DoubleTensor.of(table);
        for (int i = 0; i < ids.size(); i++) {
            int id = Lookups.id(ids, i, table.rows());
            DoubleLoops.add(1, from.data, from.start(i), to.data, to.start(id), table.columns());
        }
    }

    @Override
    public void sgd(Parameter parameter, Tensor velocity, double rate, double momentum) {
        scale(momentum, velocity);
        add(1, parameter.gradient(), velocity);
        add(-rate, velocity, parameter.value());
    }

    @Override
    public void adam(Parameter parameter, Tensor first, Tensor second, AdamStep step) {
        double[] value = DoubleTensor.of(parameter.value()).data;
        double[] gradient = DoubleTensor.of(parameter.gradient()).data;
        DoubleLoops.adam(value, gradient, DoubleTensor.of(first).data, DoubleTensor.of(second).data, step);
    }
}
