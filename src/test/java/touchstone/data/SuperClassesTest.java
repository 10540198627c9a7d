package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SuperClassesTest {
    private static final Digits DIGITS = Digits.load();

    @Test
    void everyDigitHasOnePlace() {
        SuperClasses world = SuperClasses.draw(DIGITS, 3, 2, 0.7, 5);
        var all = new TreeSet<Integer>();
        for (int group = 0; group < 3; group++) {
            assertEquals(2, world.digits(group).length);
            Arrays.stream(world.digits(group)).forEach(all::add);
        }
        assertEquals(4, world.digits(-1).length);
        Arrays.stream(world.digits(-1)).forEach(all::add);
        assertEquals(10, all.size());
        assertEquals(
                DIGITS.size(),
                world.train().size() + world.test().size() + world.unseen().size());
        int[] labels = world.train().labels();
        int[] classes = world.classes(world.train());
        for (int i = 0; i < labels.length; i++) {
            int digit = labels[i];
            assertTrue(Arrays.stream(world.digits(classes[i])).anyMatch(d -> d == digit));
        }
        assertTrue(Arrays.stream(world.classes(world.unseen())).allMatch(k -> k == -1));
    }

    @Test
    void groupingDoesNotChangeWhatIsSeen() {
        SuperClasses pairs = SuperClasses.draw(DIGITS, 3, 2, 0.7, 5);
        SuperClasses singles = SuperClasses.draw(DIGITS, 6, 1, 0.7, 5);
        assertArrayEquals(pairs.digits(-1), singles.digits(-1));
        assertArrayEquals(pairs.train().labels(), singles.train().labels());
        assertArrayEquals(pairs.test().matrix()[3], singles.test().matrix()[3], 0);
    }

    @Test
    void leavesADigitUnseen() {
        assertEquals(
                "groups * each must leave a digit unseen, at most 9, was 5 * 2",
                assertThrows(IllegalArgumentException.class, () -> SuperClasses.draw(DIGITS, 5, 2, 0.7, 5))
                        .getMessage());
    }
}
