package touchstone.nn.cuda;

import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/** Products of matrices, and what all that is computed on a card needs. */
abstract class CudaProducts implements Backend {
    final Context context;
    final Gemm gemm;

    CudaProducts(Context context, Gemm gemm) {
        this.context = context;
        this.gemm = gemm;
    }

    Scratch scratch(long bytes) {
        return context.scratch(bytes);
    }

    static void same(Tensor a, Tensor b, String name) {
        b.demand(a.rows(), a.columns(), name);
    }

    static long in(Tensor x) {
        return CudaTensor.in(x);
    }

    static long out(Tensor x) {
        return CudaTensor.out(x);
    }

    static long apart(Tensor x) {
        return CudaTensor.apart(x);
    }

    static long rows(Tensor x) {
        return x.rows();
    }

    static long columns(Tensor x) {
        return x.columns();
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        return new CudaTensor(new Store(context, Math.multiplyExact(rows, columns)), rows, columns, 0, columns);
    }

    @Override
    public void ab(Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demand(a.columns(), b.columns(), "b").columns(), "out");
        product(factor(a), factor(b), false, out, a.columns());
        CudaTensor.keep(a, b, out);
    }

    @Override
    public void abt(Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demandColumns(a.columns(), "b").rows(), "out");
        product(factor(a), factor(b).turn(), false, out, a.columns());
        CudaTensor.keep(a, b, out);
    }

    @Override
    public void addAtb(Tensor a, Tensor b, Tensor out) {
        out.demand(a.columns(), b.demand(a.rows(), b.columns(), "b").columns(), "out");
        product(factor(a).turn(), factor(b), true, out, a.rows());
        CudaTensor.keep(a, b, out);
    }

    static Factor factor(Tensor x) {
        return Factor.of(in(x), apart(x));
    }

    private void product(Factor a, Factor b, boolean adds, Tensor out, int inner) {
        if (out.size() == 0) {
            return;
        }
        if (inner > 0) {
            gemm.product(a, b, adds, Factor.of(out(out), apart(out)), out.rows(), out.columns(), inner);
        } else if (!adds) {
            fill(out, 0);
        }
    }

    /** {@code out = A B} in a precision. */
    void product(CudaOptions.Precision precision, Factor a, Factor b, Tensor out, int inner) {
        if (inner == 0) {
            fill(out, 0);
        } else if (out.size() > 0) {
            Factor c = Factor.of(out(out), apart(out));
            gemm.product(precision, a, b, false, c, out.rows(), out.columns(), inner);
        }
    }

    /** Demands rows without gaps; returns it. */
    static Tensor gapless(Tensor x, String name) {
        if (!x.contiguous()) {
            throw new IllegalArgumentException(
                    name + " must lie without gaps, was " + x.shape() + " with stride " + x.stride());
        }
        return x;
    }
}
