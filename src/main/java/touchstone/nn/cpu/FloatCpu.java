package touchstone.nn.cpu;

import java.util.Arrays;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/** Arithmetic in float: plain loops for what is small, OpenBLAS for large products. */
final class FloatCpu extends CpuBackend {
    FloatCpu(Threads threads) {
        super(threads, new FloatRows());
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        return new FloatTensor(new float[Math.multiplyExact(rows, columns)], rows, columns, 0, columns);
    }

    @Override
    public void ab(Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demand(a.columns(), b.columns(), "b").columns(), "out");
        product(FloatTensor.of(a), FloatTensor.of(b), false, FloatTensor.of(out));
    }

    @Override
    public void abt(Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demandColumns(a.columns(), "b").rows(), "out");
        product(FloatTensor.of(a), FloatTensor.of(b), true, FloatTensor.of(out));
    }

    private void product(FloatTensor a, FloatTensor b, boolean tb, FloatTensor out) {
        long work = (long) a.size() * out.columns();
        if (Blas.suits(work)) {
            new Blas(a, false, b, tb, 0, out).run(threads);
        } else {
            fill(out, 0);
            if (tb) {
                FloatGemm.addAbt(a, b, out);
            } else {
                FloatGemm.add(a, false, b, out);
            }
        }
    }

    @Override
    public void addAtb(Tensor a, Tensor b, Tensor out) {
        out.demand(a.columns(), b.demand(a.rows(), b.columns(), "b").columns(), "out");
        FloatTensor left = FloatTensor.of(a);
        FloatTensor right = FloatTensor.of(b);
        FloatTensor to = FloatTensor.of(out);
        long work = (long) a.size() * b.columns();
        if (Blas.suits(work)) {
            new Blas(left, true, right, false, 1, to).run(threads);
        } else {
            FloatGemm.add(left, true, right, to);
        }
    }

    @Override
    public void fill(Tensor x, double value) {
        FloatTensor t = FloatTensor.of(x.joined());
        for (int i = 0; i < t.rows(); i++) {
            Arrays.fill(t.data, t.start(i), t.start(i) + t.columns(), (float) value);
        }
    }

    @Override
    public void add(double factor, Tensor x, Tensor y) {
        same(x, y, "y");
        FloatTensor from = FloatTensor.of(x);
        FloatTensor to = FloatTensor.of(y);
        int rows = x.contiguous() && y.contiguous() ? Math.min(1, x.rows()) : x.rows();
        int columns = rows == 0 ? 0 : x.size() / rows;
        for (int i = 0; i < rows; i++) {
            FloatLoops.add((float) factor, from.data, from.start(i), to.data, to.start(i), columns);
        }
    }

    @Override
    public void times(Tensor x, Tensor y, Tensor out) {
        same(x, y, "y");
        same(x, out, "out");
        FloatTensor a = FloatTensor.of(x);
        FloatTensor b = FloatTensor.of(y);
        FloatTensor to = FloatTensor.of(out);
        for (int i = 0; i < x.rows(); i++) {
            FloatLoops.times(a.data, a.start(i), b.data, b.start(i), to.data, to.start(i), x.columns());
        }
    }

    @Override
    public void scale(double factor, Tensor x) {
        FloatTensor t = FloatTensor.of(x.joined());
        for (int i = 0; i < t.rows(); i++) {
            FloatLoops.scale((float) factor, t.data, t.start(i), t.columns());
        }
    }

    @Override
    public double sumOfSquares(Tensor x) {
        FloatTensor t = FloatTensor.of(x);
        double sum = 0;
        for (int i = 0; i < t.rows(); i++) {
            sum += FloatLoops.squares(t.data, t.start(i), t.columns());
        }
        return sum;
    }

    @Override
    public void addRow(Tensor row, Tensor x) {
        FloatTensor from = FloatTensor.of(row.demand(1, x.columns(), "row"));
        FloatTensor to = FloatTensor.of(x);
        for (int i = 0; i < x.rows(); i++) {
            FloatLoops.add(1, from.data, from.start(0), to.data, to.start(i), x.columns());
        }
    }

    @Override
    public void addColumnSums(Tensor x, Tensor out) {
        FloatTensor from = FloatTensor.of(x);
        FloatTensor to = FloatTensor.of(out.demand(1, x.columns(), "out"));
        for (int i = 0; i < x.rows(); i++) {
            FloatLoops.add(1, from.data, from.start(i), to.data, to.start(0), x.columns());
        }
    }

    @Override
    HeadKernels kernels(Heads heads, int d) {
        return new FloatAttention(heads, d);
    }

    @Override
    public void selectRows(Tensor x, int[] rows, Tensor out) {
        FloatTensor from = FloatTensor.of(x);
        FloatTensor to = FloatTensor.of(out.demand(rows.length, x.columns(), "out"));
        for (int i = 0; i < rows.length; i++) {
            int row = Check.index(rows[i], x.rows(), "rows[" + i + "]");
            System.arraycopy(from.data, from.start(row), to.data, to.start(i), x.columns());
        }
    }

    @Override
    public void lookUp(Tensor table, Tensor ids, Tensor out) {
        out.demand(ids.size(), table.columns(), "out");
        FloatTensor from = FloatTensor.of(table);
        FloatTensor to = FloatTensor.of(out);
        for (int i = 0; i < ids.size(); i++) {
            int id = Lookups.id(ids, i, table.rows());
            System.arraycopy(from.data, from.start(id), to.data, to.start(i), table.columns());
        }
    }

    @Override
    public void addLookUpGradient(Tensor ids, Tensor dy, Tensor table) {
        dy.demand(ids.size(), table.columns(), "dy");
        FloatTensor from = FloatTensor.of(dy);
        FloatTensor to = FloatTensor.of(table);
        for (int i = 0; i < ids.size(); i++) {
            int id = Lookups.id(ids, i, table.rows());
            FloatLoops.add(1, from.data, from.start(i), to.data, to.start(id), table.columns());
        }
    }

    @Override
    public void sgd(Parameter parameter, Tensor velocity, double rate, double momentum) {
        float[] value = FloatTensor.of(parameter.value()).data;
        float[] gradient = FloatTensor.of(parameter.gradient()).data;
        FloatLoops.sgd(value, gradient, FloatTensor.of(velocity).data, (float) rate, (float) momentum);
    }

    @Override
    public void adam(Parameter parameter, Tensor first, Tensor second, AdamStep step) {
        float[] value = FloatTensor.of(parameter.value()).data;
        float[] gradient = FloatTensor.of(parameter.gradient()).data;
        FloatLoops.adam(value, gradient, FloatTensor.of(first).data, FloatTensor.of(second).data, step);
    }
}
