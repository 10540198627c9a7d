package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.optim.Schedule;
import touchstone.testing.Differences;

class PolicyGradientTest {
    private static PolicyGradient steps(int count) {
        return new PolicyGradient(
                LanguageTrainer.defaults().withSteps(count).withSchedule(Schedule.constant(1e-2)), 16, 1);
    }

    @Test
    void gradientIsThatOfTheLoss() {
        LanguageModel model = Tiny.moved(Cpu.doubles(1), Tiny.CONFIG);
        Batch batch = Batch.of(Tiny.samples());
        LanguageLoss loss = PolicyGradient.loss(new double[] {0.5, -1, 0.2});
        model.clearGradients();
        model.accumulate(batch, loss);
        Parameter p = model.parameters().get(3);
        Tensor value = p.value();
        var x = new double[value.size()];
        var gradient = new double[x.length];
        value.copyTo(x, 0);
        p.gradient().copyTo(gradient, 0);
        Differences.check(
                v -> {
                    value.copyFrom(v, 0);
                    return model.loss(batch, loss);
                },
                x,
                gradient,
                p.name());
    }

    /** Answers of one token, of which one of seven is rewarded: at first about a seventh of the answers. */
    @Test
    void rewardedAnswersBecomeCommon() {
        LanguageModel model = LanguageModel.of(Cpu.floats(1), Tiny.CONFIG, 1);
        double[] means = steps(150).fit(model, rng -> new int[] {rng.nextInt(3)}, 1, -1, (q, a) -> a[0] == 4 ? 1 : 0);
        assertTrue(Arrays.stream(means, 0, 10).average().orElse(1) < 0.4, "at the start");
        assertTrue(Arrays.stream(means, 140, 150).average().orElse(0) > 0.9, "at the end");
        LanguageModel same = LanguageModel.of(Cpu.floats(1), Tiny.CONFIG, 1);
        assertArrayEquals(
                Arrays.copyOf(means, 5),
                Arrays.copyOf(
                        steps(150).fit(same, rng -> new int[] {rng.nextInt(3)}, 1, -1, (q, a) -> a[0] == 4 ? 1 : 0),
                        5));
    }

    @Test
    void badArgumentsAreNamed() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> new PolicyGradient(LanguageTrainer.defaults(), 1, 1));
        assertEquals("batch must be at least 2, was 1", e.getMessage());
    }
}
