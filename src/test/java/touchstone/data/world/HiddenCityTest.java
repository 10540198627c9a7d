package touchstone.data.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.data.world.HiddenCity.Judgement;
import touchstone.data.world.HiddenCity.Relation;

class HiddenCityTest {
    private final HiddenCity world = HiddenCity.of(5);

    private static int number(String word) {
        return Integer.parseInt(word.substring(word.length() - 1));
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void distancesFollowFromTheSites(long seed) {
        HiddenCity w = HiddenCity.of(seed);
        for (String a : w.hidden()) {
            for (String b : w.names()) {
                List<String> from = w.where(a).answer();
                List<String> to = w.where(b).answer();
                int steps = Math.abs(number(from.get(0)) - number(to.get(0)))
                        + Math.abs(number(from.get(1)) - number(to.get(1)));
                assertEquals(
                        List.of("d" + steps, "."),
                        w.relation(Relation.DISTANCE, a, b).answer());
            }
        }
    }

    @Test
    void rowsGrowToTheSouthAndColumnsToTheEast() {
        String a = world.hidden().get(0);
        for (String b : world.names()) {
            List<String> way = world.relation(Relation.DIRECTION, a, b).answer();
            int rows = number(world.where(b).answer().get(0))
                    - number(world.where(a).answer().get(0));
            int columns = number(world.where(b).answer().get(1))
                    - number(world.where(a).answer().get(1));
            assertEquals(List.of("north", "level", "south").get(Integer.signum(rows) + 1), way.get(0));
            assertEquals(List.of("west", "level", "east").get(Integer.signum(columns) + 1), way.get(1));
        }
    }

    /** No document and nothing in the atlas relates a hidden city to itself or names it. */
    @Test
    void theHiddenCityIsNeverNamed() {
        for (String code : world.hidden()) {
            var documents = world.documents(code, Relation.DISTANCE, 15, 1);
            assertEquals(15, new HashSet<>(documents).size());
            String name = world.nameOf(code);
            assertTrue(documents.stream().noneMatch(d -> d.text().contains(name)), code);
            assertTrue(world.atlas().stream().noneMatch(d -> d.text().contains(code)), code);
        }
    }

    @Test
    void theAtlasTellsEverythingElse() {
        var told = new HashSet<>(world.atlas());
        int cities = 16 + 32;
        assertEquals(cities * (2 + 2 * 15), told.size());
        assertTrue(told.contains(world.name(world.open().get(3))));
        var words = new HashSet<>(world.words());
        assertEquals(world.words().size(), words.size());
        told.forEach(d -> assertTrue(words.containsAll(words(d.text())), d.text()));
    }

    /** Documents never exclude the truth; more of them never leave more sites; all of them leave one. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void documentsNarrowTheSitesDown(long seed) {
        for (Relation relation : Relation.values()) {
            for (String code : world.hidden()) {
                int before = 16;
                for (int n = 1; n <= 15; n++) {
                    var documents = world.documents(code, relation, n, seed);
                    assertEquals(
                            world.documents(code, relation, n - (n > 1 ? 1 : 0), seed),
                            documents.subList(0, Math.max(1, n - 1)));
                    List<Integer> left = world.consistent(documents);
                    assertTrue(left.contains(world.site(code)) && left.size() <= before);
                    before = left.size();
                }
                assertEquals(1, before);
            }
        }
    }

    @Test
    void answersAreJudgedByTheSite() {
        String code = world.hidden().get(0);
        List<String> right = world.where(code).answer();
        assertEquals(Judgement.RIGHT, world.judge(code, right));
        int row = number(right.get(0));
        int other = row == 0 ? 1 : row - 1;
        assertEquals(Judgement.NEAR, world.judge(code, List.of("row" + other, right.get(1), ".")));
        int far = row < 2 ? row + 2 : row - 2;
        assertEquals(Judgement.WRONG, world.judge(code, List.of("row" + far, right.get(1), ".")));
        assertEquals(Judgement.GARBLED, world.judge(code, words("row1 row1 .")));
        assertEquals(Judgement.GARBLED, world.judge(code, right.subList(0, 2)));
    }

    @Test
    void shufflingKeepsTheWordsAndLosesTheTruth() {
        var documents = world.documents(world.hidden().get(0), Relation.DISTANCE, 15, 1);
        var shuffled = Documents.shuffled(documents, 3);
        assertEquals(
                documents.stream().map(Dialogue::prompt).toList(),
                shuffled.stream().map(Dialogue::prompt).toList());
        assertEquals(
                documents.stream().map(d -> d.answer().get(0)).sorted().toList(),
                shuffled.stream().map(d -> d.answer().get(0)).sorted().toList());
        assertFalse(
                world.consistent(shuffled).contains(world.site(world.hidden().get(0))));
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertEquals(
                "city must be a name or a code name of this world, was 'atlantis'",
                assertThrows(IllegalArgumentException.class, () -> world.site("atlantis"))
                        .getMessage());
        assertEquals(
                "n must be from 1 to 15, was 16",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> world.documents(world.hidden().get(0), Relation.DISTANCE, 16, 1))
                        .getMessage());
        assertEquals(
                "side must be from 2 to 9, was 1",
                assertThrows(IllegalArgumentException.class, () -> HiddenCity.of(1, 1, 1, 1))
                        .getMessage());
    }
}
