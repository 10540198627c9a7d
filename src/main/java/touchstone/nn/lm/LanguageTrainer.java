package touchstone.nn.lm;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.nn.Parameter;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Clip;
import touchstone.nn.optim.Optimizer;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;

/**
 * Trains what a model leaves open to training, batch by batch.
 *
 * @param optimizer how gradients change parameters
 * @param schedule learning rate of each step
 * @param steps batches, 1 or more
 * @param clip largest norm of all gradients together, above 0; infinite for none
 */
public record LanguageTrainer(Optimizer optimizer, Schedule schedule, int steps, double clip) {
    private static final Logger LOG = LoggerFactory.getLogger(LanguageTrainer.class);

    public LanguageTrainer {
        Check.atLeast(steps, 1, "steps");
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip must be above 0, was " + clip);
        }
    }

    /** AdamW from 3e-3 down to 0 by a cosine after 20 steps of warm-up, 400 steps, gradients of norm at most 1. */
    public static LanguageTrainer defaults() {
        return new LanguageTrainer(AdamW.defaults(), Schedule.cosine(3e-3, 0).warmedUp(20), 400, 1);
    }

    public LanguageTrainer withOptimizer(Optimizer o) {
        return new LanguageTrainer(o, schedule, steps, clip);
    }

    public LanguageTrainer withSchedule(Schedule rates) {
        return new LanguageTrainer(optimizer, rates, steps, clip);
    }

    public LanguageTrainer withSteps(int count) {
        return new LanguageTrainer(optimizer, schedule, count, clip);
    }

    public LanguageTrainer withClip(double most) {
        return new LanguageTrainer(optimizer, schedule, steps, most);
    }

    /** Trains a model in place to foretell the tokens that count. */
    public double[] fit(LanguageModel model, Batches batches) {
        return fit(model, batches, LanguageLoss.crossEntropy());
    }

    /**
     * Trains a model in place.
     *
     * @return the loss of each step's batch before the step, [steps]
     * @throws ArithmeticException when the loss stops being finite
     * @throws IllegalArgumentException when the model is frozen
     */
    public double[] fit(LanguageModel model, Batches batches, LanguageLoss loss) {
        List<Parameter> trained = model.trained();
        if (trained.isEmpty()) {
            throw new IllegalArgumentException("model must have parameters to train, was frozen; train a copy()");
        }
        Optimizer.Stepper stepper = optimizer.start(model.backend(), trained);
        var losses = new double[steps];
        for (int step = 0; step < steps; step++) {
            model.clearGradients();
            losses[step] = model.accumulate(batches.at(step), loss);
            if (!Double.isFinite(losses[step])) {
                throw new ArithmeticException("the loss must stay finite, was " + losses[step] + " at step " + step
                        + "; lower the learning rate or clip gradients");
            }
            if (clip < Double.POSITIVE_INFINITY) {
                Clip.norm(model.backend(), trained, clip);
            }
            stepper.step(schedule.at(step, steps));
            LOG.debug("step {} of {}: loss {}", step + 1, steps, losses[step]);
        }
        return losses;
    }
}
