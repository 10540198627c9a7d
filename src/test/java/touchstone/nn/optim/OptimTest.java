package touchstone.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.cpu.Cpu;

class OptimTest {
    private static final Backend BACKEND = Cpu.doubles(1);

    private static Parameter weight(double value, double gradient) {
        var p = new Parameter("w", BACKEND.zeros(1, 1), BACKEND.zeros(1, 1), Parameter.Kind.WEIGHT);
        p.value().set(0, 0, value);
        p.gradient().set(0, 0, gradient);
        return p;
    }

    /** By hand: v = 2, w = 1 - 0.2; v = 0.5 * 2 + 2 = 3, w = 0.8 - 0.3. */
    @Test
    void momentum() {
        Parameter p = weight(1, 2);
        Optimizer.Stepper stepper = new Sgd(0.5, 0).start(BACKEND, List.of(p));
        stepper.step(0.1);
        assertEquals(0.8, p.value().get(0, 0), 1e-15);
        stepper.step(0.1);
        assertEquals(0.5, p.value().get(0, 0), 1e-15);
    }

    /** By hand: a constant gradient has mHat = g and vHat = g^2, so each step is rate g / (|g| + epsilon). */
    @Test
    void adamOfAConstantGradient() {
        Parameter p = weight(1, -4);
        Optimizer.Stepper stepper = new AdamW(0.9, 0.999, 1e-8, 0).start(BACKEND, List.of(p));
        for (int step = 1; step <= 3; step++) {
            stepper.step(0.01);
            assertEquals(1 + step * 0.01 * 4 / (4 + 1e-8), p.value().get(0, 0), 1e-13);
        }
    }

    /** Decay alone multiplies by 1 - rate decay, untouched by the moments. */
    @Test
    void decayIsDecoupled() {
        Parameter p = weight(3, 0);
        AdamW.defaults().withDecay(0.5).start(BACKEND, List.of(p)).step(0.1);
        assertEquals(3 * 0.95, p.value().get(0, 0), 1e-15);
    }

    @Test
    void schedules() {
        assertEquals(0.3, Schedule.constant(0.3).at(7, 10), 0);
        Schedule halves = Schedule.stepwise(1, 10, 0.5);
        assertEquals(1, halves.at(9, 30), 0);
        assertEquals(0.25, halves.at(20, 30), 0);
        Schedule cosine = Schedule.cosine(1, 0.2);
        assertEquals(1, cosine.at(0, 100), 1e-15);
        assertEquals(0.6, cosine.at(50, 100), 1e-15);
        assertEquals(0.2, cosine.at(100, 100), 1e-15);
        Schedule warm = cosine.warmedUp(10);
        assertEquals(0.1, warm.at(0, 110), 1e-15);
        assertEquals(1, warm.at(9, 110), 1e-15);
        assertEquals(1, warm.at(10, 110), 1e-15);
        assertEquals(0.6, warm.at(60, 110), 1e-15);
    }

    /** 3-4-5. */
    @Test
    void clippingScalesToTheNorm() {
        Parameter a = weight(0, 3);
        Parameter b = weight(0, -4);
        assertEquals(5, Clip.norm(BACKEND, List.of(a, b), 1), 1e-15);
        assertEquals(0.6, a.gradient().get(0, 0), 1e-15);
        assertEquals(-0.8, b.gradient().get(0, 0), 1e-15);
        assertEquals(1, Clip.norm(BACKEND, List.of(a, b), 2), 1e-15);
        assertEquals(0.6, a.gradient().get(0, 0), 1e-15);
    }
}
