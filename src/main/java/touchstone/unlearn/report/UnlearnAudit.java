package touchstone.unlearn.report;

import java.util.List;
import java.util.stream.IntStream;
import touchstone.unlearn.Answers;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.Term;
import touchstone.unlearn.Unlearner;
import touchstone.unlearn.attack.AttackResult;
import touchstone.unlearn.metric.Accuracies;
import touchstone.unlearn.metric.RelearningCurve;
import touchstone.unlearn.metric.ZeroRetrainForgetting;
import touchstone.util.Check;

/**
 * Asks the same of every unlearned model and of the retrained one.
 *
 * @param test examples never trained on
 * @param nonMembers examples never trained on, of the forget set's kind: the loss attack sets them against it
 * @param twins retained examples most like the forget set
 * @param relearn how the forget set is learnt again: its rate, batch and seed; its epochs are not used
 * @param steps of relearning, 1 or more
 * @param probe of the layers
 */
public record UnlearnAudit(
        Examples test, Examples nonMembers, Examples twins, Descent relearn, int steps, LayerProbe probe) {
    public UnlearnAudit {
        Check.nonEmpty(test.size(), "test");
        Check.nonEmpty(nonMembers.size(), "nonMembers");
        Check.nonEmpty(twins.size(), "twins");
        Check.atLeast(steps, 1, "steps");
    }

    /** The test set for non-members, twins by distance, 20 steps of relearning at Adam's 1e-3, the probe's defaults. */
    public static UnlearnAudit of(ForgetSplit split, Examples test) {
        return new UnlearnAudit(test, test, Twins.nearest(split), Descent.defaults(), 20, LayerProbe.defaults());
    }

    public UnlearnAudit withRelearning(Descent descent, int count) {
        return new UnlearnAudit(test, nonMembers, twins, descent, count, probe);
    }

    public UnlearnAudit withNonMembers(Examples unseen) {
        return new UnlearnAudit(test, unseen, twins, relearn, steps, probe);
    }

    /** Other twins than the nearest, as for tokens, whose numbers have no distance. */
    public UnlearnAudit withTwins(Examples alike) {
        return new UnlearnAudit(test, nonMembers, alike, relearn, steps, probe);
    }

    /** Unlearns and retrains, with the clock running, and asks both. */
    public UnlearnReport run(Unlearner method, Unlearner retrain, ForgetModel model, ForgetSplit split) {
        long start = System.nanoTime();
        ForgetModel reference = retrain.unlearn(model, split);
        double retrainSeconds = (System.nanoTime() - start) / 1e9;
        return run(method, model, split, probes(reference, split), retrainSeconds);
    }

    /** As above where the retrained model was asked before, as when many methods share it. */
    public UnlearnReport run(
            Unlearner method, ForgetModel model, ForgetSplit split, ModelProbes retrained, double retrainSeconds) {
        long start = System.nanoTime();
        ForgetModel unlearned = method.unlearn(model, split);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new UnlearnReport(method.name(), probes(unlearned, split), retrained, seconds, retrainSeconds);
    }

    /** Asks one model; it is not changed. */
    public ModelProbes probes(ForgetModel model, ForgetSplit split) {
        Answers forget = Answers.of(model, split.forget());
        Answers unseen = Answers.of(model, nonMembers);
        double[][] random =
                Answers.of(model.fresh(relearn.seed()), split.forget()).probabilities();
        return new ModelProbes(
                new Accuracies(
                        forget.accuracy(),
                        Answers.of(model, split.retain()).accuracy(),
                        Answers.of(model, test).accuracy()),
                Answers.of(model, twins).accuracy(),
                ZeroRetrainForgetting.bits(forget.probabilities(), random),
                AttackResult.ofLosses(forget.losses(), unseen.losses()),
                relearning(model, split.forget()),
                probe.accuracies(model, split));
    }

    /** Trains a copy on the even half of the forget set, and follows the odd half. */
    private RelearningCurve relearning(ForgetModel model, Examples forget) {
        ForgetModel student = model.copy();
        int n = forget.size();
        Examples half =
                forget.select(IntStream.range(0, n).filter(i -> i % 2 == 0).toArray());
        Examples rest =
                forget.select(IntStream.range(0, n).filter(i -> i % 2 == 1).toArray());
        Descent.Run run = relearn.start(student);
        List<Term> terms = List.of(Term.of(half, half.crossEntropy(), 1));
        var accuracy = new double[steps + 1];
        accuracy[0] = Answers.of(student, rest).accuracy();
        for (int s = 1; s <= steps; s++) {
            run.single(terms);
            accuracy[s] = Answers.of(student, rest).accuracy();
        }
        return RelearningCurve.of(accuracy);
    }
}
