package touchstone.continual.strategy;

/** How the penalty {@code strength / 2 sum_i importance_i (theta_i - reference_i)^2} is applied. */
public enum Anchor {
    /**
     * After the step on the loss, {@code theta = (theta + r s F reference) / (1 + r s F)} with rate r and strength s: stable
     * for every importance. The default.
     */
    PROXIMAL,
    /** As a term of the gradient, as published; it diverges when {@code r s F} passes 2 anywhere. */
    EXPLICIT;

    /** The penalty. */
    static double penalty(double strength, double[] importance, double[] reference, double[] theta) {
        double sum = 0;
        for (int i = 0; i < theta.length; i++) {
            double d = theta[i] - reference[i];
            sum += importance[i] * d * d;
        }
        return strength / 2 * sum;
    }

    /** The gradient with the penalty's. */
    static double[] gradient(
            double strength, double[] importance, double[] reference, double[] theta, double[] gradient) {
        var sum = gradient.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += strength * importance[i] * (theta[i] - reference[i]);
        }
        return sum;
    }

    /** The proximal step. */
    static double[] pulled(double rateTimesStrength, double[] importance, double[] reference, double[] theta) {
        var out = new double[theta.length];
        for (int i = 0; i < out.length; i++) {
            double pull = rateTimesStrength * importance[i];
            out[i] = (theta[i] + pull * reference[i]) / (1 + pull);
        }
        return out;
    }
}
