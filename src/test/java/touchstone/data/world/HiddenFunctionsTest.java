package touchstone.data.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.data.world.HiddenFunctions.Rule;

class HiddenFunctionsTest {
    private final HiddenFunctions world = HiddenFunctions.of(7, 2, 9, 4);

    /** By hand, modulo 7: 5 + 4 = 2, 5 - 4 = 1, 2 - 5 = 4. */
    @Test
    void rulesAreArithmetic() {
        assertEquals(2, new Rule(false, 4).at(5, 7));
        assertEquals(1, new Rule(false, 4).inverse(5, 7));
        assertEquals(4, new Rule(true, 2).at(5, 7));
        assertEquals("plus 4", new Rule(false, 4).words());
        assertEquals("from 2", new Rule(true, 2).words());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 8})
    void theInverseUndoesEveryRule(int modulus) {
        for (int c = 0; c < modulus; c++) {
            for (boolean negated : new boolean[] {true, false}) {
                Rule rule = new Rule(negated, c);
                for (int x = 0; x < modulus; x++) {
                    assertEquals(x, rule.inverse(rule.at(x, modulus), modulus));
                }
            }
        }
    }

    @Test
    void answersAreTrueAndOfTheVocabulary() {
        var words = new HashSet<>(world.words());
        assertEquals(world.words().size(), words.size());
        String code = world.hidden().get(2);
        String y = world.value(code, 3).answer().get(0);
        assertEquals(List.of("3", "."), world.inverse(code, Integer.parseInt(y)).answer());
        var told = world.lessons();
        assertEquals(28 * 15, new HashSet<>(told).size());
        told.forEach(d -> assertTrue(words.containsAll(List.of(d.text().split(" "))), d.text()));
        assertTrue(told.stream().noneMatch(d -> d.prompt().get(1).startsWith("fun")));
        assertEquals(List.of("rule", code), world.description(code).prompt());
    }

    @Test
    void pairsToldAndHeldBackAreAll() {
        String code = world.hidden().get(0);
        var all = new HashSet<Dialogue>(world.documents(code, 3, 1));
        assertEquals(3, all.size());
        all.addAll(world.heldBack(code, 3, 1));
        assertEquals(7, all.size());
        assertEquals(world.documents(code, 4, 1).subList(0, 3), world.documents(code, 3, 1));
        assertEquals(List.of(), world.heldBack(code, 7, 1));
    }

    /** One pair leaves one constant for each family; of an odd modulus two pairs leave the truth alone. */
    @Test
    void twoPairsTellTheFunction() {
        for (String code : world.hidden()) {
            assertEquals(2, world.consistent(world.documents(code, 1, 1)).size());
            assertEquals(List.of(world.rule(code)), world.consistent(world.documents(code, 2, 1)));
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertEquals(
                "x must lie in [0, 7), was 7",
                assertThrows(IllegalArgumentException.class, () -> world.value("fun00", 7))
                        .getMessage());
        assertEquals(
                "code must be a code name of this world, was 'f'",
                assertThrows(IllegalArgumentException.class, () -> world.rule("f"))
                        .getMessage());
        assertEquals(
                "n must be from 1 to 7, was 8",
                assertThrows(IllegalArgumentException.class, () -> world.documents("fun00", 8, 1))
                        .getMessage());
    }
}
