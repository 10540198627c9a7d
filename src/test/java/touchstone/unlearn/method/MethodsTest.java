package touchstone.unlearn.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.data.Digits;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.unlearn.Answers;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.NetworkModel;
import touchstone.unlearn.Term;
import touchstone.unlearn.Unlearner;
import touchstone.unlearn.report.ModelProbes;
import touchstone.unlearn.report.UnlearnAudit;
import touchstone.unlearn.report.UnlearnReport;

/** Digits of which the threes are to be forgotten: one class, so that a retrained model gets none of them right. */
class MethodsTest {
    private static final Descent TRAIN = Descent.defaults().withEpochs(15).withClip(Double.POSITIVE_INFINITY);
    private static final Examples ALL = examples(Digits.load().split(0.4, 1).train());
    private static final Examples TEST = examples(Digits.load().split(0.4, 1).test());
    private static final ForgetSplit SPLIT = ForgetSplit.of(ALL, threes(ALL));
    private static final NetworkModel MODEL = trained(mlp());

    private static Examples examples(Digits digits) {
        double[][] x = digits.matrix();
        for (double[] row : x) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= 16;
            }
        }
        return Examples.of(x, digits.labels());
    }

    private static int[] threes(Examples all) {
        int[] labels = all.labels();
        return IntStream.range(0, labels.length).filter(i -> labels[i] == 3).toArray();
    }

    private static NetworkModel mlp() {
        return NetworkModel.of(
                seed -> Network.of(Cpu.floats(1), seed, 64, Dense.of(48), Activate.relu(), Dense.of(10)), 1);
    }

    private static NetworkModel linear() {
        return NetworkModel.of(seed -> Network.of(Cpu.floats(1), seed, 64, Dense.of(10)), 1);
    }

    private static NetworkModel trained(NetworkModel model) {
        TRAIN.run(model, List.of(Term.of(ALL, ALL.crossEntropy(), 1)));
        return model;
    }

    static Stream<Unlearner> methods() {
        Descent d = Descent.defaults().withEpochs(12).withRate(3e-3);
        return Stream.of(
                new Retrain(TRAIN),
                new GradientAscent().by(d),
                new GradientDifference(0.05, 1).by(d), // ascent has no lower end: at weight 1 it drowns the retain term
                new KlMin(0.05, 1).by(d),
                RandomLabel.defaults().by(d),
                Npo.defaults().by(d),
                SimNpo.defaults().by(d.withEpochs(40)),
                new Rmu(20, 1, 1).by(d.withEpochs(40)),
                Scrub.by(d),
                BadTeacher.defaults().by(d),
                Undial.defaults().by(d),
                Wga.defaults().by(d.withEpochs(40)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void forgetsTheThreesAndLeavesTheModelAlone(Unlearner method) {
        double[][] before = Answers.of(MODEL, SPLIT.forget()).probabilities();
        assertTrue(Answers.of(MODEL, SPLIT.forget()).accuracy() > 0.9);
        ForgetModel unlearned = method.unlearn(MODEL, SPLIT);
        double forget = Answers.of(unlearned, SPLIT.forget()).accuracy();
        assertTrue(forget < 0.5, method.name() + " still gets " + forget + " of the threes");
        double[][] after = Answers.of(MODEL, SPLIT.forget()).probabilities();
        for (int i = 0; i < before.length; i++) {
            assertArrayEquals(before[i], after[i], 0);
        }
    }

    @Test
    void methodsWithARetainTermKeepTheRest() {
        methods()
                .filter(m -> !m.name().equals("gradient ascent"))
                .filter(m -> !m.name().equals("rmu"))
                .forEach(m -> {
                    double kept =
                            Answers.of(m.unlearn(MODEL, SPLIT), SPLIT.retain()).accuracy();
                    assertTrue(kept > 0.85, m.name() + " keeps " + kept);
                });
    }

    @Test
    void sameSeedGivesTheSameBits() {
        Unlearner method = Npo.defaults().by(Descent.defaults());
        double[][] a = Answers.of(method.unlearn(MODEL, SPLIT), TEST).probabilities();
        double[][] b = Answers.of(method.unlearn(MODEL, SPLIT), TEST).probabilities();
        for (int i = 0; i < a.length; i++) {
            assertArrayEquals(a[i], b[i], 0);
        }
    }

    @Test
    void fineTuningAndNoiseChangeTheModelButKeepTheRest() {
        ForgetModel tuned = new FineTune().by(Descent.defaults()).unlearn(MODEL, SPLIT);
        ForgetModel noisy = FisherForgetting.defaults().unlearn(MODEL, SPLIT);
        double before = Answers.of(MODEL, SPLIT.forget()).losses()[0];
        for (ForgetModel m : List.of(tuned, noisy)) {
            double kept = Answers.of(m, SPLIT.retain()).accuracy();
            assertTrue(kept > 0.85, "keeps " + kept);
            assertTrue(Math.abs(before - Answers.of(m, SPLIT.forget()).losses()[0]) > 1e-6);
        }
        ForgetModel drowned =
                FisherForgetting.defaults().withStrength(1).withMost(5).unlearn(MODEL, SPLIT);
        assertTrue(Answers.of(drowned, SPLIT.retain()).accuracy() < 0.5);
    }

    @Test
    void linearModelsUnlearnToo() {
        NetworkModel linear = trained(linear());
        ForgetModel unlearned = GradientDifference.defaults()
                .by(Descent.defaults().withEpochs(12).withRate(1e-2))
                .unlearn(linear, SPLIT);
        assertTrue(Answers.of(unlearned, SPLIT.forget()).accuracy() < 0.5);
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> Rmu.defaults().by(Descent.defaults()).unlearn(linear, SPLIT));
        assertEquals("RMU needs a model with a hidden layer, had one of 1 weight matrices", e.getMessage());
    }

    @Test
    void sisaForgetsAsIfItHadNeverSeen() {
        var sisa = new Sisa(2, 2, Descent.defaults().withEpochs(3));
        SisaModel model = sisa.train(mlp(), ALL);
        int[] one = {5};
        assertEquals(true, model.cost(one) <= 0.5 && model.cost(one) > 0);
        SisaModel less = model.forget(one);
        // the lone example's labels must not matter to the model that forgot it
        int[] labels = ALL.labels();
        labels[5] = (labels[5] + 1) % 10;
        SisaModel other = sisa.train(mlp(), ALL.withLabels(labels)).forget(one);
        double[][] a = less.probabilities(TEST);
        double[][] b = other.probabilities(TEST);
        for (int i = 0; i < a.length; i++) {
            assertArrayEquals(a[i], b[i], 0);
        }
        int[] every = IntStream.range(0, ALL.size()).toArray();
        var e = assertThrows(IllegalArgumentException.class, () -> model.forget(every));
        assertEquals("the forget set must be less than the training set, was all of it", e.getMessage());
    }

    @Test
    void reportSetsMethodsBesideRetraining() {
        UnlearnAudit audit = UnlearnAudit.of(SPLIT, TEST);
        UnlearnReport same = audit.run(new Retrain(TRAIN), new Retrain(TRAIN), MODEL, SPLIT);
        assertEquals(1, same.tugOfWar(), 0);
        assertEquals(0, same.twinDamage(), 0);
        assertEquals(0, same.relearningLead(), 0);
        assertEquals(0, same.privacyLeakage(), 1e-9);
        ModelProbes retrained = same.retrained();
        assertEquals(0, retrained.accuracies().forget(), 0);
        assertEquals(3, retrained.layers().size());
        UnlearnReport none = audit.run(
                new FineTune().by(Descent.defaults().withEpochs(1).withRate(1e-9)), MODEL, SPLIT, retrained, 1);
        assertTrue(none.forgetGap() > 0.9 && none.tugOfWar() < 0.1 && none.relearningLead() > 0, none.toString());
        assertTrue(none.relativeTime().orElseThrow() > 0);
    }

    @Test
    void badInputIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> ForgetSplit.of(ALL));
        assertEquals("the forget set must have an example, had none", e.getMessage());
        int[] every = IntStream.range(0, ALL.size()).toArray();
        e = assertThrows(IllegalArgumentException.class, () -> ForgetSplit.of(ALL, every));
        assertEquals(
                "the forget set must be less than the training set, was all " + ALL.size()
                        + " examples of it: nothing is left to retain",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> ForgetSplit.of(ALL, 1, 1));
        assertEquals("forget must name an example once, had 1 twice", e.getMessage());
        NetworkModel narrow = NetworkModel.of(s -> Network.of(Cpu.floats(1), s, 64, Dense.of(7)), 1);
        e = assertThrows(IllegalArgumentException.class, () -> Npo.defaults()
                .by(Descent.defaults())
                .withReference(narrow)
                .unlearn(MODEL, SPLIT));
        assertEquals(
                "the reference model must give 10 outputs at 1 steps as the model does, gave 7 at 1", e.getMessage());
    }
}
