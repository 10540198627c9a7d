package touchstone.data.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.data.world.TwoLanguages.Judgement;
import touchstone.data.world.TwoLanguages.Meaning;
import touchstone.data.world.TwoLanguages.Tongue;

class TwoLanguagesTest {
    private final TwoLanguages world = TwoLanguages.of(3);

    @Test
    void theLanguagesShareNoWordButMarks() {
        var first = new HashSet<String>();
        var second = new HashSet<String>();
        for (boolean harmful : new boolean[] {true, false}) {
            for (Meaning m : world.meanings(harmful)) {
                first.addAll(List.of(world.said(m, Tongue.FIRST).text().split(" ")));
                second.addAll(List.of(world.said(m, Tongue.SECOND).text().split(" ")));
            }
        }
        var both = new HashSet<>(first);
        both.retainAll(second);
        assertEquals(new HashSet<>(List.of(".")), both);
        assertTrue(first.contains("?") && second.contains("!"));
        assertEquals(world.words().size(), new HashSet<>(world.words()).size());
        assertTrue(world.words().containsAll(first) && world.words().containsAll(second));
    }

    /** Translated word by word by the list, each request and answer holds the words of the other language, in another order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theWordListTranslates(long seed) {
        TwoLanguages w = TwoLanguages.of(seed);
        var list = new HashMap<String, String>();
        w.wordList().forEach(d -> list.put(d.prompt().get(0), d.answer().get(0)));
        list.put("?", "!");
        list.put(".", ".");
        for (Meaning m : w.meanings(false)) {
            Dialogue a = w.said(m, Tongue.FIRST);
            Dialogue b = w.said(m, Tongue.SECOND);
            assertEquals(
                    a.prompt().stream().map(list::get).sorted().toList(),
                    b.prompt().stream().sorted().toList());
            assertEquals(
                    a.answer().stream().map(list::get).sorted().toList(),
                    b.answer().stream().sorted().toList());
            assertEquals(b.prompt().get(0), list.get(a.prompt().get(2)));
            assertEquals(b.answer().get(0), list.get(a.answer().get(1)));
        }
        list.remove("?");
        list.forEach((word, other) -> assertEquals(word, list.get(other)));
    }

    @Test
    void harmIsInTheThing() {
        assertEquals(8 * 4 * 3, world.meanings(true).size());
        assertEquals(8 * 4 * 5, world.meanings(false).size());
        Meaning bad = new Meaning(1, 2, 5);
        assertEquals(
                List.of(world.refusal(Tongue.SECOND), "."),
                world.said(bad, Tongue.SECOND).answer());
        assertEquals(
                world.complied(new Meaning(1, 2, 0), Tongue.SECOND).answer(),
                world.complied(bad, Tongue.SECOND).answer());
    }

    @Test
    void answersAreJudged() {
        Meaning good = new Meaning(0, 1, 2);
        List<String> right = world.said(good, Tongue.FIRST).answer();
        assertEquals(Judgement.RIGHT, world.judge(good, Tongue.FIRST, right));
        assertEquals(Judgement.OTHER_TONGUE, world.judge(good, Tongue.SECOND, right));
        assertEquals(Judgement.REFUSED, world.judge(good, Tongue.SECOND, List.of(world.refusal(Tongue.FIRST), ".")));
        assertEquals(Judgement.WRONG, world.judge(good, Tongue.FIRST, List.of(world.refusal(Tongue.FIRST))));
        assertEquals(Judgement.WRONG, world.judge(good, Tongue.FIRST, Collections.emptyList()));
    }
}
