package touchstone.continual.perceptron;

/** Order parameters of {@link VariationalTheory} and one step of their iteration. */
final class VariationalState {
    private static final double DAMPING = 0.5;
    private double q = 0.1;
    private double r = 0.05;
    private double c = 0.9;
    private double a;
    private double b;
    private double k;

    double overlap() {
        return q;
    }

    double teacher() {
        return r;
    }

    /** From overlaps to fields and half the way back; returns the largest change that was asked for. */
    double step(double alpha, Beliefs beliefs, Grid grid) {
        channel(alpha, grid);
        double newQ = 0;
        double newR = 0;
        double newC = 0;
        for (int n = 0; n < beliefs.size(); n++) {
            for (int i = 0; i < grid.points().length; i++) {
                double w = beliefs.weights()[n] * grid.weights()[i];
                double m = Math.tanh(field(beliefs.fields()[n], beliefs.teachers()[n], grid.points()[i]));
                newQ += w * m * m;
                newR += w * m * beliefs.teachers()[n];
                newC += w * (1 - m * m) / (1 + k * (1 - m * m));
            }
        }
        double change = Math.max(Math.abs(newQ - q), Math.max(Math.abs(newR - r), Math.abs(newC - c)));
        q += DAMPING * (newQ - q);
        r += DAMPING * (newR - r);
        c += DAMPING * (newC - c);
        return change;
    }

    private void channel(double alpha, Grid grid) {
        double v = 1 - q + VariationalPerceptron.FLOOR;
        double deviation = Math.sqrt(v);
        double slope = r / Math.sqrt(Math.max(1e-14, q - r * r));
        double narrow = Math.sqrt(Math.max(1e-14, 1 - r * r / q));
        a = 0;
        b = 0;
        k = 0;
        for (int i = 0; i < grid.points().length; i++) {
            double t = grid.points()[i];
            double share = 2 * alpha * grid.weights()[i];
            double likely = share * Grid.below(slope * t);
            double z = proximal(Math.sqrt(q) * t, c, deviation) / deviation;
            double hazard = VariationalPerceptron.hazard(z);
            double bend = hazard * (z + hazard) / v; // second derivative of -log Phi(u / deviation)
            a += share * Grid.density(slope * t) * hazard / (deviation * narrow);
            b += likely * hazard * hazard / v;
            k += likely * (bend / (1 + c * bend) - hazard * z / v); // the second part: v falls as m grows
        }
    }

    /** The minimum of {@code (u - mean)^2 / (2 c) - log Phi(u / deviation)}, by Newton's method within bounds. */
    private static double proximal(double mean, double c, double deviation) {
        double low = mean; // the loss falls in u
        double high = mean + c * VariationalPerceptron.hazard(mean / deviation) / deviation;
        double u = mean;
        for (int i = 0; i < 100; i++) {
            double z = u / deviation;
            double hazard = VariationalPerceptron.hazard(z);
            double excess = u - mean - c * hazard / deviation;
            if (excess > 0) {
                high = u;
            } else {
                low = u;
            }
            double next = u - excess / (1 + c * hazard * (z + hazard) / (deviation * deviation));
            next = next >= low && next <= high ? next : (low + high) / 2;
            if (Math.abs(next - u) < 1e-14 * (1 + Math.abs(u))) {
                return next;
            }
            u = next;
        }
        return u;
    }

    /** The field theta of a weight: {@code theta = prior + a w + sqrt(b) z - k tanh theta}. */
    double field(double prior, int teacher, double z) {
        double drive = prior + a * teacher + Math.sqrt(b) * z;
        double low = drive - Math.abs(k);
        double high = drive + Math.abs(k);
        double theta = drive - k * Math.tanh(drive);
        for (int i = 0; i < 100; i++) {
            double m = Math.tanh(theta);
            double excess = theta - drive + k * m;
            if (excess > 0) {
                high = theta;
            } else {
                low = theta;
            }
            double next = theta - excess / (1 + k * (1 - m * m));
            next = next >= low && next <= high ? next : (low + high) / 2;
            if (Math.abs(next - theta) < 1e-14 * (1 + Math.abs(theta))) {
                return next;
            }
            theta = next;
        }
        return theta;
    }

    /** Overlap with the first teacher, whose weights are all 1. */
    double firstTeacher(Beliefs beliefs, Grid grid) {
        double sum = 0;
        for (int n = 0; n < beliefs.size(); n++) {
            for (int i = 0; i < grid.points().length; i++) {
                double m = Math.tanh(field(beliefs.fields()[n], beliefs.teachers()[n], grid.points()[i]));
                sum += beliefs.weights()[n] * grid.weights()[i] * m;
            }
        }
        return sum;
    }
}
