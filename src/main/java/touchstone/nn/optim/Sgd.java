package touchstone.nn.optim;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.Weights;
import touchstone.util.Archive;
import touchstone.util.Check;

/**
 * Stochastic gradient descent with momentum: {@code v = momentum v + g + decay w}, {@code w = w - rate v}.
 *
 * @param momentum in [0, 1]; 0 is plain descent
 * @param decay L2 penalty of weights (not of biases and gains), 0 or more
 */
public record Sgd(double momentum, double decay) implements Optimizer {
    public Sgd {
        Check.probability(momentum, "momentum");
        Check.notNegative(decay, "decay");
    }

    /** Momentum 0.9, no decay. */
    public static Sgd defaults() {
        return new Sgd(0.9, 0);
    }

    public Sgd withMomentum(double m) {
        return new Sgd(m, decay);
    }

    public Sgd withDecay(double d) {
        return new Sgd(momentum, d);
    }

    @Override
    public Stepper start(Backend backend, List<Parameter> parameters) {
        List<Parameter> trained = parameters.stream().filter(Parameter::trained).toList();
        List<Tensor> velocity = trained.stream().map(p -> like(backend, p)).toList();
        return new Stepper() {
            @Override
            public void step(double rate) {
                for (int i = 0; i < trained.size(); i++) {
                    Parameter p = trained.get(i);
                    if (decay > 0 && p.kind() == Parameter.Kind.WEIGHT) {
                        backend.add(decay, p.value(), p.gradient());
                    }
                    backend.sgd(p, velocity.get(i), rate, momentum);
                }
            }

            @Override
            public void persist(Archive archive) {
                velocity.forEach(v -> Weights.persist("velocity", v, archive));
            }
        };
    }

    /** Zeros in the shape of a parameter. */
    static Tensor like(Backend backend, Parameter p) {
        return backend.zeros(p.value().rows(), p.value().columns());
    }
}
