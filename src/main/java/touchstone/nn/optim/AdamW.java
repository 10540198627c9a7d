package touchstone.nn.optim;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.Weights;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Adam with decoupled weight decay: {@code w = w (1 - rate decay) - rate mHat / (sqrt(vHat) + epsilon)}, the moments corrected
 * for their start at zero. Decay 0 is Adam.
 *
 * <p>Follows the papers; the decay is scaled by the learning rate, as in the second paper's code.
 *
 * @param beta1 of the first moment, in (0, 1)
 * @param beta2 of the second moment, in (0, 1)
 * @param epsilon above 0
 * @param decay of weights (not of biases and gains), 0 or more
 */
@Reference({"kingma2015adam", "loshchilov2019decoupled"})
public record AdamW(double beta1, double beta2, double epsilon, double decay) implements Optimizer {
    public AdamW {
        Check.insideUnit(beta1, "beta1");
        Check.insideUnit(beta2, "beta2");
        Check.positive(epsilon, "epsilon");
        Check.notNegative(decay, "decay");
    }

    /** The papers' 0.9, 0.999 and 1e-8; decay 0.01. */
    public static AdamW defaults() {
        return new AdamW(0.9, 0.999, 1e-8, 0.01);
    }

    public AdamW withDecay(double d) {
        return new AdamW(beta1, beta2, epsilon, d);
    }

    @Override
    public Stepper start(Backend backend, List<Parameter> parameters) {
        return new Steps(this, backend, parameters);
    }

    private static final class Steps implements Stepper {
        private final AdamW options;
        private final Backend backend;
        private final List<Parameter> trained;
        private final List<Tensor> first;
        private final List<Tensor> second;
        private int step;

        Steps(AdamW options, Backend backend, List<Parameter> parameters) {
            this.options = options;
            this.backend = backend;
            trained = parameters.stream().filter(Parameter::trained).toList();
            first = trained.stream().map(p -> Sgd.like(backend, p)).toList();
            second = trained.stream().map(p -> Sgd.like(backend, p)).toList();
        }

        @Override
        public void persist(Archive archive) {
            step = archive.keep("step", step);
            first.forEach(m -> Weights.persist("first moment", m, archive));
            second.forEach(v -> Weights.persist("second moment", v, archive));
        }

        @Override
        public void step(double rate) {
            step++;
            var numbers = new Backend.AdamStep(
                    rate / (1 - Math.pow(options.beta1, step)),
                    options.beta1,
                    options.beta2,
                    1 / Math.sqrt(1 - Math.pow(options.beta2, step)),
                    options.epsilon);
            for (int i = 0; i < trained.size(); i++) {
                Parameter p = trained.get(i);
                if (options.decay > 0 && p.kind() == Parameter.Kind.WEIGHT) {
                    backend.scale(1 - rate * options.decay, p.value());
                }
                backend.adam(p, first.get(i), second.get(i), numbers);
            }
        }
    }
}
