package touchstone.data.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.data.world.Encyclopedia.Judgement;
import touchstone.util.Seeds;

class EncyclopediaTest {
    private final Encyclopedia world = Encyclopedia.of(7);

    /** Of 200 things a third changes, and one in twenty of those to the same maker: 63, give or take five deviations of 6.6. */
    @Test
    void aShareOfMakersChangesInEachEdition() {
        var large = Encyclopedia.of(3, 200, 1 / 3.0);
        long changed = IntStream.range(0, 200)
                .filter(k -> !large.edition(0).get(k).equals(large.edition(1).get(k)))
                .count();
        assertEquals(63, (double) changed, 33);
        assertEquals(
                Encyclopedia.of(3, 200, 0).edition(0),
                Encyclopedia.of(3, 200, 0).edition(4));
        assertEquals(large.edition(2), large.edition(2));
    }

    /** The first of 60 things has the share 1 / H(60) = 0.2137; of 10,000 draws five deviations are 205. */
    @Test
    void frequentThingsAreDrawnOften() {
        var rng = Seeds.rng(1, "things");
        var counts = new int[60];
        for (int i = 0; i < 10_000; i++) {
            counts[world.draw(rng)]++;
        }
        double harmonic = IntStream.rangeClosed(1, 60).mapToDouble(k -> 1.0 / k).sum();
        assertEquals(10_000 / harmonic, counts[0], 205);
        assertEquals(10_000 / harmonic / 60, counts[59], 5 * 6);
    }

    @Test
    void answersReadAsTheyShould() {
        String thing = world.names().get(4);
        String maker = world.edition(1).get(4);
        assertEquals(
                "who made " + thing + " ? " + maker + " .",
                world.remembered(4, 1).text());
        assertEquals(
                List.of("look", thing, ":", maker, "so", maker, "."),
                world.lookedUp(4, 1).answer());
        assertTrue(new HashSet<>(world.words()).containsAll(world.lookedUp(4, 1).answer()));
        assertEquals(world.words().size(), new HashSet<>(world.words()).size());
    }

    @Test
    void groundednessIsOfTheAnswersWithAClaim() {
        var answers = new ArrayList<List<String>>();
        for (int k = 0; k < 60; k++) {
            answers.add(world.lookedUp(k, 2).answer());
        }
        assertEquals(1, world.groundedness(2, answers));
        answers.set(0, List.of("look", "."));
        String other = world.makers().stream()
                .filter(m -> !m.equals(world.edition(2).get(1)))
                .findFirst()
                .orElseThrow();
        answers.set(1, List.of(other, "."));
        assertEquals(58 / 59.0, world.groundedness(2, answers), 1e-15);
        assertEquals(Judgement.NO_CLAIM, world.judge(0, 2, List.of()));
        assertEquals(Judgement.UNGROUNDED, world.judge(1, 2, List.of(other, ".")));
    }

    @Test
    void noClaimAtAllIsNamed() {
        assertEquals(
                "answers with a claim must not be empty, had 0 elements",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> world.groundedness(0, Collections.nCopies(60, List.of("."))))
                        .getMessage());
    }
}
