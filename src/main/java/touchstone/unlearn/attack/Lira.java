package touchstone.unlearn.attack;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The likelihood-ratio attack: the target model's confidence of an example, {@code phi = log p / (1 - p)}, against normal laws of phi
 * over shadow models that did and did not train on it. Higher means more likely a member. Deviations are the population's (n).
 */
@Reference("carlini2022membership")
public final class Lira {
    private Lira() {}

    /** {@code log p / (1 - p)} of a probability in (0, 1). */
    public static double phi(double p) {
        Check.insideUnit(p, "p");
        return Math.log(p) - Math.log1p(-p);
    }

    /** {@link #phi} of each, [n]. */
    public static double[] phi(double[] p) {
        return Arrays.stream(p).map(Lira::phi).toArray();
    }

    /** The online attack, {@code log N(phi; in) - log N(phi; out)}, with each side's own deviation; 2 or more models a side. */
    public static double online(double phi, double[] in, double[] out) {
        return online(phi, in, out, deviation(in, "in"), deviation(out, "out"));
    }

    /** As {@link #online(double, double[], double[])} with deviations given, as over all examples when shadow models are few. */
    public static double online(double phi, double[] in, double[] out, double deviationIn, double deviationOut) {
        return logNormal(phi, mean(in, "in"), deviationIn) - logNormal(phi, mean(out, "out"), deviationOut);
    }

    /** The offline attack, {@code log Phi((phi - mean out) / deviation out)}, 0 or less: no model trained on the example is needed. */
    public static double offline(double phi, double[] out) {
        return offline(phi, out, deviation(out, "out"));
    }

    /** As {@link #offline(double, double[])} with the deviation given. */
    public static double offline(double phi, double[] out, double deviation) {
        return logCdf((Check.finite(phi, "phi") - mean(out, "out")) / Check.positive(deviation, "deviation"));
    }

    /** Population deviation over examples of what is left when each loses its own mean: the global one, for few shadow models. */
    public static double pooledDeviation(double[][] phis) {
        double sum = 0;
        int count = 0;
        for (double[] row : phis) {
            double mean = mean(row, "phis");
            for (double v : row) {
                sum += (v - mean) * (v - mean);
                count++;
            }
        }
        return Check.positive(Math.sqrt(sum / Math.max(1, count)), "pooled deviation");
    }

    private static double logNormal(double x, double mean, double deviation) {
        double z = (x - mean) / Check.positive(deviation, "deviation");
        return -z * z / 2 - Math.log(deviation) - Math.log(2 * Math.PI) / 2;
    }

    /** Logarithm of the normal distribution function; by the leading terms of the tail's series below -20. */
    private static double logCdf(double z) {
        if (z < -20) {
            double q = 1 / (z * z);
            return -z * z / 2 - Math.log(-z) - Math.log(2 * Math.PI) / 2 + Math.log1p(-q + 3 * q * q - 15 * q * q * q);
        }
        return z > 0 ? Math.log1p(-Erf.erfc(z / Math.sqrt(2)) / 2) : Math.log(Erf.erfc(-z / Math.sqrt(2)) / 2);
    }

    private static double mean(double[] x, String name) {
        Check.nonEmpty(x.length, name);
        return Arrays.stream(x).sum() / x.length;
    }

    private static double deviation(double[] x, String name) {
        double mean = mean(x, name);
        double sum = 0;
        for (double v : x) {
            sum += (v - mean) * (v - mean);
        }
        return Check.positive(Math.sqrt(sum / x.length), "deviation of " + name);
    }
}
