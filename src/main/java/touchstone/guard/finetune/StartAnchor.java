package touchstone.guard.finetune;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Archive;
import touchstone.util.Check;

/**
 * Pulls the parameters to where they start: adds the slope of {@code weight / 2 |parameters - start|^2}.
 *
 * @param weight 0 or more
 */
public record StartAnchor(double weight) implements Restraint {
    public StartAnchor {
        Check.notNegative(weight, "weight");
    }

    @Override
    public Optimizer steps(Optimizer user, LanguageModel start) {
        return (backend, parameters) -> new Pulled(weight, backend, parameters, user.start(backend, parameters));
    }

    private static final class Pulled implements Optimizer.Stepper {
        private final double weight;
        private final Backend backend;
        private final List<Parameter> parameters;
        private final List<Tensor> starts;
        private final Optimizer.Stepper inner;

        Pulled(double weight, Backend backend, List<Parameter> parameters, Optimizer.Stepper inner) {
            this.weight = weight;
            this.backend = backend;
            this.parameters = parameters;
            this.inner = inner;
            starts = parameters.stream().map(p -> copy(backend, p.value())).toList();
        }

        private static Tensor copy(Backend backend, Tensor of) {
            Tensor to = backend.zeros(of.rows(), of.columns());
            backend.add(1, of, to);
            return to;
        }

        @Override
        public void step(double rate) {
            for (int i = 0; i < starts.size(); i++) {
                Parameter p = parameters.get(i);
                backend.add(weight, p.value(), p.gradient());
                backend.add(-weight, starts.get(i), p.gradient());
            }
            inner.step(rate);
        }

        @Override
        public void persist(Archive archive) {
            inner.persist(archive);
        }
    }
}
