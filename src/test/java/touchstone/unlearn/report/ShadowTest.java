package touchstone.unlearn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.NetworkModel;
import touchstone.unlearn.Term;
import touchstone.unlearn.Unlearner;
import touchstone.unlearn.attack.Shadows;
import touchstone.unlearn.method.Retrain;
import touchstone.util.Seeds;

/** Random inputs with random labels, which a model can only know by heart: whoever was trained on shows. */
class ShadowTest {
    private static final Descent TRAIN =
            Descent.defaults().withRate(3e-3).withEpochs(60).withBatch(20);
    private static final double CHANCE = 4 * 0.053; // deviations of an AUC of 60 against 60 without a signal
    private static final Examples POOL = noise(120);
    private static final int[] MEMBERS = IntStream.range(0, 60).toArray();
    private static final int[] OTHERS = IntStream.range(60, 120).toArray();

    private static Examples noise(int n) {
        RandomGenerator rng = Seeds.rng(3, "noise");
        var x = new double[n][12];
        var y = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 12; j++) {
                x[i][j] = rng.nextGaussian();
            }
            y[i] = rng.nextInt(2);
        }
        return Examples.of(x, y);
    }

    private static NetworkModel form(long seed) {
        return NetworkModel.of(s -> Network.of(Cpu.floats(1), s, 12, Dense.of(64), Activate.relu(), Dense.of(2)), seed);
    }

    private static ForgetModel trained(long seed, int... on) {
        NetworkModel model = form(seed);
        Examples data = POOL.select(on);
        TRAIN.withSeed(seed).run(model, List.of(Term.of(data, data.crossEntropy(), 1)));
        return model;
    }

    @Test
    void allAttacksTellWhoWasTrainedOnAndNoneTellsWhereNobodyWas() {
        Shadows shadows = Shadows.train(form(1), POOL, 8, TRAIN.withSeed(50));
        Shadows.Attacks found = shadows.attack(trained(9, MEMBERS), MEMBERS, OTHERS);
        assertTrue(found.online().auc() > 0.5 + CHANCE, found.toString());
        assertTrue(found.offline().auc() > 0.5 + CHANCE, found.toString());
        assertTrue(found.robust().auc() > 0.5 + CHANCE, found.toString());
        Shadows.Attacks none = shadows.attack(form(9), MEMBERS, OTHERS);
        assertEquals(0.5, none.online().auc(), CHANCE, none.toString());
        assertThrows(IllegalArgumentException.class, () -> Shadows.train(form(1), POOL, 5, TRAIN));
    }

    @Test
    void retrainingAnewCannotBeToldAndDoingNothingCan() {
        var split = new ForgetSplit(
                POOL.select(MEMBERS), POOL.select(IntStream.range(60, 100).toArray()));
        Examples test = POOL.select(IntStream.range(100, 120).toArray());
        int[] all = IntStream.range(0, 100).toArray();
        EpsilonAudit audit = EpsilonAudit.of(24);
        EpsilonAudit.Result same = audit.run(
                k -> trained(k, all),
                k -> new Retrain(TRAIN.withSeed(1000 + k)),
                k -> new Retrain(TRAIN.withSeed(2000 + k)),
                split,
                test);
        EpsilonAudit.Result nothing = audit.run(
                k -> trained(k, all), k -> keeping(), k -> new Retrain(TRAIN.withSeed(2000 + k)), split, test);
        assertTrue(same.forgetting() > 2 * nothing.forgetting(), same.forgetting() + " and " + nothing.forgetting());
        assertEquals(60, nothing.epsilons().length);
        assertTrue(mean(nothing.epsilons()) > 2 * mean(same.epsilons()), "epsilons");
    }

    private static double mean(double... x) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();
    }

    private static Unlearner keeping() {
        return new Unlearner() {
            @Override
            public String name() {
                return "nothing";
            }

            @Override
            public ForgetModel unlearn(ForgetModel model, ForgetSplit split) {
                return model.copy();
            }
        };
    }
}
