package touchstone.unlearn.report;

import java.util.Arrays;
import java.util.function.IntFunction;
import touchstone.unlearn.Answers;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.Unlearner;
import touchstone.unlearn.attack.Confidence;
import touchstone.unlearn.metric.Accuracies;
import touchstone.unlearn.metric.ExampleEpsilon;
import touchstone.unlearn.metric.ForgettingScore;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Tells unlearned from retrained models by their confidence in each forgotten example, over many models of both kinds, as the
 * unlearning competition of NeurIPS 2023 did.
 *
 * @param models of each kind, 3 or more; the competition took 512
 * @param delta in (0, 1)
 */
@Reference("triantafillou2024progress")
public record EpsilonAudit(int models, double delta) {
    public EpsilonAudit {
        Check.atLeast(models, 3, "models");
        Check.insideUnit(delta, "delta");
    }

    /** So many models and the competition's delta, 1e-5. */
    public static EpsilonAudit of(int models) {
        return new EpsilonAudit(models, ExampleEpsilon.DELTA);
    }

    /**
     * What was found.
     *
     * @param epsilons of each forgotten example, in [0, 50]; 0 is best
     * @param forgetting F, in [0, 1]; 1 is best
     * @param score F times the retained and test accuracies over those of retraining; 0 or more
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; never compared
    public record Result(double[] epsilons, double forgetting, double score) {
        public Result {
            epsilons = epsilons.clone();
        }

        @Override
        public double[] epsilons() {
            return epsilons.clone();
        }
    }

    /**
     * Unlearns and retrains so many times.
     *
     * @param trained model k, trained on both parts of the split; each of another seed
     * @param method for model k
     * @param retrain for model k
     * @param test examples never trained on
     */
    public Result run(
            IntFunction<? extends ForgetModel> trained,
            IntFunction<? extends Unlearner> method,
            IntFunction<? extends Unlearner> retrain,
            ForgetSplit split,
            Examples test) {
        var phi = new double[2][models][];
        var accuracies = new Accuracies[2][models];
        for (int k = 0; k < models; k++) {
            ForgetModel model = trained.apply(k);
            ForgetModel[] both = {
                method.apply(k).unlearn(model, split), retrain.apply(k).unlearn(model, split)
            };
            for (int side = 0; side < 2; side++) {
                phi[side][k] = Confidence.phi(both[side], split.forget());
                accuracies[side][k] = accuracies(both[side], split, test);
            }
        }
        var epsilons = new double[split.forget().size()];
        for (int i = 0; i < epsilons.length; i++) {
            epsilons[i] = ExampleEpsilon.of(column(phi[0], i), column(phi[1], i), delta);
        }
        double forgetting = ForgettingScore.of(epsilons, models);
        double score = ForgettingScore.finalScore(forgetting, mean(accuracies[0]), mean(accuracies[1]));
        return new Result(epsilons, forgetting, score);
    }

    private static Accuracies accuracies(ForgetModel model, ForgetSplit split, Examples test) {
        return new Accuracies(
                Answers.of(model, split.forget()).accuracy(),
                Answers.of(model, split.retain()).accuracy(),
                Answers.of(model, test).accuracy());
    }

    private static double[] column(double[][] rows, int i) {
        return Arrays.stream(rows).mapToDouble(row -> row[i]).toArray();
    }

    private static Accuracies mean(Accuracies... all) {
        return new Accuracies(
                Arrays.stream(all).mapToDouble(Accuracies::forget).average().orElseThrow(),
                Arrays.stream(all).mapToDouble(Accuracies::retain).average().orElseThrow(),
                Arrays.stream(all).mapToDouble(Accuracies::test).average().orElseThrow());
    }
}
