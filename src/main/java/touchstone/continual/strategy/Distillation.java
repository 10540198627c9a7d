package touchstone.continual.strategy;

import java.util.Arrays;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * {@code KL(p_old || p_new)} of softmax at a temperature over some classes, mean over the rows of a batch, in nats; without
 * the factor T^2 that some programs use. The teacher's logits belong to the rows of the batch in their order.
 */
@Reference({"hinton2015distilling", "li2017learning"})
final class Distillation implements Loss {
    private final Tensor teacher;
    private final int[] classes;
    private final double temperature;

    /** Against a teacher's logits, [n, c], over the given classes. */
    Distillation(Tensor teacher, int[] classes, double temperature) {
        this.teacher = teacher;
        this.classes = classes.clone();
        this.temperature = Check.positive(temperature, "temperature");
    }

    /** Over all classes. */
    static int[] all(int classes) {
        var all = new int[classes];
        Arrays.setAll(all, c -> c);
        return all;
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        teacher.demand(outputs.rows(), outputs.columns(), "teacher's logits");
        double share = weight / outputs.rows();
        double loss = 0;
        for (int i = 0; i < outputs.rows(); i++) {
            double[] old = logProbabilities(teacher, i);
            double[] now = logProbabilities(outputs, i);
            for (int k = 0; k < classes.length; k++) {
                double p = Math.exp(old[k]);
                loss += share * p * (old[k] - now[k]);
                int c = classes[k];
                gradient.set(i, c, gradient.get(i, c) + share * (Math.exp(now[k]) - p) / temperature);
            }
        }
        return loss;
    }

    private double[] logProbabilities(Tensor logits, int i) {
        var z = new double[classes.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < z.length; k++) {
            z[k] = logits.get(i, classes[k]) / temperature;
            most = Math.max(most, z[k]);
        }
        double sum = 0;
        for (double v : z) {
            sum += Math.exp(v - most);
        }
        for (int k = 0; k < z.length; k++) {
            z[k] -= most + Math.log(sum);
        }
        return z;
    }
}
