package touchstone.interpret.steer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Affine maps of all places learned together, end to end: they minimise
 * {@code sum over places of distribution loss + lambda sum (|scale - 1| + |shift|)}, the loss seen through all maps at once. The
 * penalty leaves units alone whose map does not pay.
 *
 * <p>Differs from the paper: samples being few, steps are proximal gradients over all of them with momentum and a step size found by
 * backtracking, instead of stochastic ones; the penalty has no groups, and is given as a share of the least lambda that leaves every
 * unit alone.
 *
 * @param steps of the descent, 1 or more
 * @param sparsity {@code lambda} over the largest slope of the loss at the identity, in [0, 1]
 * @param loss between the steered source and the target
 */
@Reference("rodriguez2025lineas")
public record Lineas(int steps, double sparsity, DistributionLoss loss) {
    public Lineas {
        Check.atLeast(steps, 1, "steps");
        Check.probability(sparsity, "sparsity");
    }

    /** 200 steps, no penalty. */
    public static Lineas defaults() {
        return new Lineas(200, 0, DistributionLoss.defaults());
    }

    public Lineas withSteps(int count) {
        return new Lineas(count, sparsity, loss);
    }

    public Lineas withSparsity(double share) {
        return new Lineas(steps, share, loss);
    }

    public Lineas withLoss(DistributionLoss other) {
        return new Lineas(steps, sparsity, other);
    }

    /** Learns the maps that carry source to target; deterministic. */
    public <X> Steering fit(Steerable<X> model, X source, X target) {
        ActivationLoss judged = loss.against(model.activations(target, model.unsteered()));
        var search = new Search<>(model, source, judged);
        double[] start = new double[2 * model.widths().stream().mapToInt(w -> w).sum()];
        double lambda = sparsity
                * Arrays.stream(search.at(start).slopes).map(Math::abs).max().orElse(0);
        return search.steering(search.minimise(start, lambda, steps));
    }

    /** The loss as a function of one long vector: of each place the scales less 1, then the shifts. */
    private record Search<X>(Steerable<X> model, X source, ActivationLoss loss) {
        private static final int MOST_HALVINGS = 60;

        private static final double TRY = 1.2; // how much longer a step is tried than the last one

        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Point(double loss, double[] slopes) {}

        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Move(double[] to, double loss, double rate) {}

        Steering steering(double[] x) {
            List<UnitMap> maps = new ArrayList<>();
            int at = 0;
            for (int w : model.widths()) {
                double[] scale = Arrays.copyOfRange(x, at, at + w);
                Arrays.setAll(scale, j -> 1 + scale[j]);
                maps.add(new AffineMap(scale, Arrays.copyOfRange(x, at + w, at + 2 * w)));
                at += 2 * w;
            }
            return new Steering(maps);
        }

        Point at(double[] x) {
            Slopes s = model.slopes(source, steering(x), loss);
            var slopes = new double[x.length];
            int at = 0;
            for (int p = 0; p < s.scale().size(); p++) {
                int w = s.scale().get(p).length;
                System.arraycopy(s.scale().get(p), 0, slopes, at, w);
                System.arraycopy(s.shift().get(p), 0, slopes, at + w, w);
                at += 2 * w;
            }
            return new Point(s.loss(), slopes);
        }

        private double value(double[] x) {
            List<double[][]> seen = model.activations(source, steering(x));
            return loss.add(
                    seen,
                    seen.stream().map(a -> new double[a.length][a[0].length]).toList());
        }

        double[] minimise(double[] start, double lambda, int steps) {
            double[] x = start;
            double[] y = start;
            double best = value(x) + lambda * norm(x);
            double rate = 1;
            double t = 1;
            for (int step = 0; step < steps; step++) {
                Move move = move(y, at(y), TRY * rate, lambda);
                rate = move.rate;
                double[] next = move.to;
                double reached = move.loss + lambda * norm(next);
                boolean lower = reached < best;
                double t1 = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
                y = lower ? beyond(x, next, (t - 1) / t1) : x;
                t = lower ? t1 : 1;
                x = lower ? next : x;
                best = Math.min(best, reached);
            }
            return x;
        }

        /** A step that lowers the loss by as much as its slopes promise, at the largest halving of a rate that does. */
        private Move move(double[] y, Point here, double first, double lambda) {
            double rate = first;
            Move move = new Move(y, here.loss, rate);
            for (int i = 0; i < MOST_HALVINGS; i++) {
                double[] next = proximal(y, here.slopes, rate, lambda);
                double bound = here.loss;
                for (int k = 0; k < y.length; k++) {
                    double gap = next[k] - y[k];
                    bound += here.slopes[k] * gap + gap * gap / (2 * rate);
                }
                move = new Move(next, value(next), rate);
                if (move.loss <= bound) {
                    return move;
                }
                rate /= 2;
            }
            return move;
        }

        private static double[] proximal(double[] y, double[] slopes, double rate, double lambda) {
            double[] out = y.clone();
            for (int k = 0; k < out.length; k++) {
                double v = out[k] - rate * slopes[k];
                out[k] = Math.signum(v) * Math.max(0, Math.abs(v) - rate * lambda);
            }
            return out;
        }

        private static double[] beyond(double[] x, double[] next, double momentum) {
            double[] out = next.clone();
            Arrays.setAll(out, k -> next[k] + momentum * (next[k] - x[k]));
            return out;
        }

        private static double norm(double[] x) {
            return Arrays.stream(x).map(Math::abs).sum();
        }
    }
}
