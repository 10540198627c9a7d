package touchstone.unlearn.loss;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Distance from a frozen model's answers, {@code T^2 KL(softmax(ref / T) || softmax(z / T))}, nats, the mean over the places that
 * count; 0 or more. At T 1 it is the retain term of KL minimisation; SCRUB uses it with T 4, in both directions.
 */
@Reference({"hinton2015distilling", "kurmanji2023towards", "maini2024tofu"})
public final class Distillation implements Loss {
    private final Targets targets;
    private final ReferenceLogits reference;
    private final double temperature;

    /** At a temperature above 0; of the targets it matters only which places count. */
    public Distillation(Targets targets, ReferenceLogits reference, double temperature) {
        this.targets = targets;
        this.reference = reference;
        this.temperature = Check.positive(temperature, "temperature");
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        return targets.mean(
                outputs,
                examples,
                weight,
                gradient,
                Integer.MAX_VALUE,
                (i, place, label, share) ->
                        row(outputs, i, reference.logP(place, outputs.columns(), temperature), share, gradient));
    }

    private double row(Tensor z, int i, double[] ref, double share, Tensor gradient) {
        double[] logP = LogSoftmax.of(z, i, temperature);
        double kl = 0;
        for (int j = 0; j < logP.length; j++) {
            double q = Math.exp(ref[j]);
            kl += q == 0 ? 0 : q * (ref[j] - logP[j]);
            gradient.set(i, j, gradient.get(i, j) + share * temperature * (Math.exp(logP[j]) - q));
        }
        return share * temperature * temperature * kl;
    }
}
