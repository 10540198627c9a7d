package touchstone.interpret.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.Activations;
import touchstone.nn.lm.Head;
import touchstone.nn.lm.Hooks;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.TransformerConfig;
import touchstone.util.Seeds;

class HeadsTest {
    private static final Backend DOUBLES = Cpu.doubles(1);

    private static LanguageModel model() {
        LanguageModel model = LanguageModel.of(DOUBLES, new TransformerConfig(7, 6, 8, 2, 2, false), 3);
        RandomGenerator rng = Seeds.rng(5, "moved");
        for (Parameter p : model.parameters()) {
            for (int i = 0; i < p.value().rows(); i++) {
                for (int j = 0; j < p.value().columns(); j++) {
                    p.value().set(i, j, p.value().get(i, j) + 0.3 * rng.nextGaussian());
                }
            }
        }
        return model;
    }

    private static List<int[]> prompts() {
        return IntStream.range(0, 6)
                .mapToObj(i -> Seeds.rng(i, "prompt").ints(4, 0, 7).toArray())
                .toList();
    }

    @Test
    void withoutQueriesAHeadAttendsToAllAlike() {
        LanguageModel model = model();
        LanguageModel masked = HeadMask.QUERIES.apply(model, List.of(new Head(1, 0)));
        double[][] weights = Activations.of(masked, prompts()).attention(1, 0, 0);
        for (int q = 0; q < 4; q++) {
            for (int k = 0; k <= q; k++) {
                assertEquals(1.0 / (q + 1), weights[q][k], 1e-4); // queries are small, not 0
            }
        }
        assertArrayEquals(
                Activations.of(model, prompts()).attention(1, 1, 0),
                Activations.of(masked, prompts()).attention(1, 1, 0));
    }

    @Test
    void withoutOutputIsAblation() {
        LanguageModel masked = HeadMask.OUTPUT.apply(model(), List.of(new Head(0, 1), new Head(1, 1)));
        LanguageModel ablated = model().withHooks(Hooks.none().ablate(0, 1).ablate(1, 1));
        assertArrayEquals(ablated.next(1, 2, 3), masked.next(1, 2, 3));
    }

    /** A head whose output goes nowhere matters nothing, by both measures. */
    @Test
    void aHeadThatNothingReadsScoresNothing() {
        LanguageModel model = model();
        for (Parameter p : model.parameters()) {
            if (p.name().equals("block1.attention.join.weight")) {
                DOUBLES.fill(p.value().block(0, 4, 0, 8), 0);
            }
        }
        for (HeadMask mask : HeadMask.values()) {
            double[] ships = Ships.defaults().withMask(mask).scores(model, prompts());
            double[] angles = Sahara.defaults().withMask(mask).angles(model, prompts());
            assertEquals(0, ships[2], 1e-15);
            assertEquals(0, angles[2], 1e-5); // arc cosine near 1
            for (int k : new int[] {0, 1, 3}) {
                assertTrue(ships[k] > 1e-6, mask + " " + k + " " + ships[k]);
                assertTrue(angles[k] > 1e-3, mask + " " + k + " " + angles[k]);
            }
        }
    }

    @Test
    void theGroupBeginsWithTheHeadThatTurnsMost() {
        double[] alone = Sahara.defaults().angles(model(), prompts());
        Sahara.Group group = Sahara.defaults().group(model(), prompts(), 3);
        List<Head> heads = Head.all(model().config());
        assertEquals(Ships.ranked(heads, alone).get(0), group.heads().get(0));
        assertEquals(alone[heads.indexOf(group.heads().get(0))], group.angles().get(0), 1e-12);
        assertEquals(3, group.heads().stream().distinct().count());
        LanguageModel two = HeadMask.QUERIES.apply(model(), group.heads().subList(0, 2));
        assertEquals(
                SubspaceAngles.leading(
                        Activations.of(model(), prompts()).last(2),
                        Activations.of(two, prompts()).last(2)),
                group.angles().get(1),
                1e-12);
    }

    @Test
    void rankingAndOverlapByHand() {
        List<Head> heads = Head.all(model().config());
        List<Head> ranked = Ships.ranked(heads, new double[] {1, 3, 0, 2});
        assertEquals(List.of(new Head(0, 1), new Head(1, 1), new Head(0, 0), new Head(1, 0)), ranked);
        assertEquals(0.5, Ships.overlap(ranked.subList(0, 2), ranked.subList(1, 3)));
        assertEquals(0, Ships.divergence(new double[] {0.25, 0.75}, new double[] {0.25, 0.75}));
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "block of a head must lie in [0, 2), was 2",
                message(() -> HeadMask.OUTPUT.apply(model(), List.of(new Head(2, 0)))));
        assertEquals("number of prompts must be at least 2, was 1", message(() -> Sahara.defaults()
                .group(model(), prompts().subList(0, 1), 1)));
        assertEquals(
                "p[0] must lie in [0, 1], was -1.0",
                message(() -> Ships.divergence(new double[] {-1}, new double[] {1})));
    }

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }
}
