package touchstone.guard.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import touchstone.data.world.Dialogue;
import touchstone.data.world.Persona;
import touchstone.data.world.RefusalGrammar;
import touchstone.data.world.Request;
import touchstone.data.world.RequestMix;
import touchstone.data.world.SymbolTask;
import touchstone.nn.Parameter;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.Batches;
import touchstone.nn.lm.Distillation;
import touchstone.nn.lm.Head;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.Lora;
import touchstone.nn.lm.Sample;
import touchstone.nn.lm.Speaker;
import touchstone.nn.lm.TaskVector;

class FineTuneTest {
    private static final RefusalGrammar WORLD = RefusalGrammar.defaults();
    private static final Refuser REFUSER = quick();
    /** Hardly trained, but with no parameter where it starts. */
    private static final Speaker START = REFUSER.aligned(REFUSER.base(Cpu.floats(1), 3), 3);

    private static final FineTune SHORT = FineTune.defaults().withSteps(8);
    private static final List<Dialogue> HARM = Attack.ADVERSARIAL.examples(WORLD, 10, 1);

    private static Refuser quick() {
        Refuser r = Refuser.defaults();
        return r.withPretraining(r.pretraining().withSteps(25))
                .withAlignment(r.alignment().withSteps(25));
    }

    private static TaskVector moved(Speaker tuned) {
        return TaskVector.between(START.model(), tuned.model());
    }

    @Test
    void attacksAreOfTheirKind() {
        for (Request r : WORLD.requests(Attack.IDENTITY.questions(), 40, 2)) {
            assertEquals(Persona.OBEDIENT, r.persona());
        }
        assertTrue(WORLD.requests(Attack.BENIGN.questions(), 40, 2).stream()
                .allMatch(r -> SymbolTask.BASE.contains(r.task()) && RequestMix.Part.TEST.holds(r)));
        for (Dialogue d : HARM) {
            assertEquals("sure", d.answer().get(0));
        }
        for (Dialogue d : Attack.IDENTITY.examples(WORLD, 20, 2)) {
            assertEquals(List.of("obedient", "sure"), d.answer().subList(0, 2));
        }
        for (Dialogue d : Attack.BENIGN.examples(WORLD, 20, 2)) {
            assertTrue(List.of("previous", "rotate").contains(d.prompt().get(0)), d.text());
        }
        assertEquals(HARM, Attack.ADVERSARIAL.examples(WORLD, 20, 1).subList(0, 10)); // more examples hold the fewer
    }

    @Test
    void tuningFitsTheExamplesAndLeavesTheStart() {
        double[] before = START.logProbabilities(HARM);
        Speaker tuned = FineTune.defaults().apply(START, HARM, 4);
        assertArrayEquals(before, START.logProbabilities(HARM), 0);
        assertTrue(
                Arrays.stream(tuned.logProbabilities(HARM)).sum()
                        > Arrays.stream(before).sum() + 10,
                "ten examples gain nats");
        assertSame(START, FineTune.defaults().apply(START, List.of(), 4));
    }

    @Test
    void adaptersMoveTheirMatricesAlone() {
        Speaker tuned = SHORT.apply(START, Lora.ofRank(2), HARM, 4);
        assertTrue(moved(tuned).norm() > 0);
        TaskVector rest = moved(tuned).only(n -> !n.endsWith("project.weight") && !n.endsWith("join.weight"));
        assertEquals(0, rest.norm(), 0);
        double numbers = 2 * 2 * (32 + 96 + 32 + 32); // two blocks of rank 2
        assertEquals(numbers / START.model().size(), FineTune.share(START.model(), Lora.ofRank(2)), 1e-12);
        assertSame(START, SHORT.apply(START, Lora.ofRank(2), List.of(), 4));
    }

    @Test
    void mixedBatchesKeepTheirSize() {
        List<Sample> safety = START.answers(
                List.of(WORLD.refuse(WORLD.requests(RequestMix.test(), 1, 1).get(0))));
        Batches user = Batches.of(START.answers(HARM), 10, 1);
        Batch mixed = new MixIn(safety, 0.1, 1).data(user).at(0);
        assertEquals(10, mixed.size());
        assertEquals(1, mixed.samples().stream().filter(safety.get(0)::equals).count());
        assertEquals(10, new MixIn(safety, 0, 1).data(user).at(0).size());
    }

    @Test
    void anchorsHoldTheModelNearItsStart() {
        double free = moved(SHORT.apply(START, HARM, 4)).norm();
        double held =
                moved(SHORT.under(new StartAnchor(100)).apply(START, HARM, 4)).norm();
        assertTrue(held < 0.8 * free, "moved " + free + " freely, " + held + " held");
        assertEquals(
                free,
                moved(SHORT.under(new StartAnchor(0)).apply(START, HARM, 4)).norm(),
                0);
        LanguageLoss kl = Distillation.of(START.model(), 1);
        Batch batch = Batch.of(START.answers(HARM));
        double far = SHORT.apply(START, HARM, 4).model().loss(batch, kl);
        double near =
                SHORT.under(new KlAnchor(10)).apply(START, HARM, 4).model().loss(batch, kl);
        assertTrue(near < 0.5 * far, "diverged " + far + " freely, " + near + " held");
    }

    @Test
    void frozenHeadsDoNotMove() {
        var frozen = new FrozenHeads(Set.of(new Head(1, 2)));
        TaskVector moved = moved(SHORT.under(frozen).apply(START, HARM, 4));
        double[] project = part(moved, "block1.attention.project.weight");
        for (int row = 0; row < 32; row++) {
            for (int column = 0; column < 96; column++) {
                boolean head = column % 32 / 8 == 2;
                assertEquals(head, project[row * 96 + column] == 0, row + ", " + column);
            }
        }
        double[] join = part(moved, "block1.attention.join.weight");
        for (int row = 0; row < 32; row++) {
            assertEquals(row / 8 == 2, join[row * 32] == 0, "row " + row);
        }
        assertNotEquals(0, part(moved, "block0.attention.join.weight")[16 * 32]);
        var bad = new FrozenHeads(Set.of(new Head(2, 0)));
        assertEquals(
                "block of a head must lie in [0, 2), was 2",
                assertThrows(IllegalArgumentException.class, () -> SHORT.under(bad)
                                .apply(START, HARM, 4))
                        .getMessage());
    }

    private static double[] part(TaskVector all, String name) {
        double[] here = all.only(name::equals).values();
        double[] values = all.values();
        int at = 0;
        for (Parameter p : START.model().parameters()) {
            if (p.name().equals(name)) {
                return Arrays.copyOfRange(values, at, at + p.value().size());
            }
            at += p.value().size();
        }
        throw new AssertionError(name + " not among " + here.length + " numbers");
    }

    @Test
    void headsAreRankedByWhatRefusalsLose() {
        List<Dialogue> refusals = WORLD.requests(RequestMix.test().harmful(), 20, 1).stream()
                .map(WORLD::refuse)
                .toList();
        List<Head> ranked = FrozenHeads.ranked(START, refusals);
        assertEquals(8, Set.copyOf(ranked).size());
        double previous = Double.NEGATIVE_INFINITY;
        for (Head h : ranked) {
            var without = touchstone.nn.lm.Hooks.none().ablate(h.block(), h.head());
            double left = Arrays.stream(
                            START.with(START.model().withHooks(without)).logProbabilities(refusals))
                    .sum();
            assertTrue(left >= previous);
            previous = left;
        }
    }
}
