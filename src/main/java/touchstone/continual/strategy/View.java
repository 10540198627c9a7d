package touchstone.continual.strategy;

import java.util.random.RandomGenerator;
import touchstone.util.Check;

/** A random change of an input that leaves its class alone: what contrastive losses call another view of it. */
@FunctionalInterface
public interface View {
    /** Another view of an input [d], of the same length; the input is not modified. */
    double[] of(double[] x, RandomGenerator random);

    /** Normal noise on every number. */
    static View noise(double deviation) {
        return new Noise(deviation);
    }

    /** Shifts of an image, row by row in the input, by up to so many pixels each way; what moves in is 0. */
    static View shifts(int height, int width, int most) {
        return new Shifts(height, width, most);
    }

    /** See {@link View#noise}. */
    record Noise(double deviation) implements View {
        public Noise {
            Check.notNegative(deviation, "deviation");
        }

        @Override
        public double[] of(double[] x, RandomGenerator random) {
            double[] out = x.clone();
            for (int i = 0; i < out.length; i++) {
                out[i] += deviation * random.nextGaussian();
            }
            return out;
        }
    }

    /** See {@link View#shifts}. */
    record Shifts(int height, int width, int most) implements View {
        public Shifts {
            Check.atLeast(height, 1, "height");
            Check.atLeast(width, 1, "width");
            Check.atLeast(most, 0, "most");
        }

        @Override
        public double[] of(double[] x, RandomGenerator random) {
            Check.sameLength(x.length, "x", height * width, "pixels of the image");
            int down = random.nextInt(2 * most + 1) - most;
            int right = random.nextInt(2 * most + 1) - most;
            var out = new double[x.length];
            for (int i = Math.max(0, down); i < Math.min(height, height + down); i++) {
                for (int j = Math.max(0, right); j < Math.min(width, width + right); j++) {
                    out[i * width + j] = x[(i - down) * width + j - right];
                }
            }
            return out;
        }
    }
}
