package touchstone.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void whatIsShortReadsAsToStringWritesIt() {
        for (Object each : List.of(
                List.of(1, "a", List.of()),
                Map.of("k", 1),
                Optional.of("x"),
                Optional.empty(),
                "text",
                3.5,
                List.of())) {
            assertEquals(each.toString(), Texts.of(each));
        }
        assertEquals("null", Texts.of(null));
    }

    @Test
    void arraysShowTheirContents() {
        assertEquals("[1, 2, 3]", Texts.of(new int[] {1, 2, 3}));
        assertEquals("[a, null]", Texts.of(new String[] {"a", null}));
        assertEquals("[[1.0, 2.0],\n [3.0, 4.0]]", Texts.of(new double[][] {{1, 2}, {3, 4}}));
        assertEquals("[[[1],\n  [2]],\n [[3]]]", Texts.of(new int[][][] {{{1}, {2}}, {{3}}}));
        assertEquals("[[1, 2], [3]]", Texts.of(List.of(new int[] {1, 2}, new int[] {3})));
        assertEquals("{a=[1]}", Texts.of(Map.of("a", new long[] {1})));
        assertEquals("Optional[[true]]", Texts.of(Optional.of(new boolean[] {true})));
        assertEquals("[]", Texts.of(new int[0]));
    }

    @Test
    void whatIsLongHasAGapAndItsSize() {
        int[] thousand = IntStream.range(0, 1000).toArray();
        String first = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, ...";
        assertEquals(first + ", 995, 996, 997, 998, 999] (1000 items)", Texts.of(thousand));
        var list = Arrays.stream(thousand).boxed().toList();
        assertEquals(first + ", 995, 996, 997, 998, 999] (1000 items)", Texts.of(list));
        assertEquals(first + "] (1000 items)", Texts.of(new java.util.TreeSet<>(list)));
        assertEquals(Arrays.toString(Arrays.copyOf(thousand, 100)), Texts.of(Arrays.copyOf(thousand, 100)));
        var map = new TreeMap<Integer, Integer>();
        list.forEach(i -> map.put(i, -i));
        assertTrue(Texts.of(map).endsWith("19=-19, ...} (1000 entries)"), Texts.of(map));
        String rows = Texts.of(new int[500][2]);
        assertEquals(16, rows.lines().count());
        assertTrue(rows.endsWith(" [0, 0]] (500 rows)"), rows);
        assertTrue(Texts.of(Collections.nCopies(Integer.MAX_VALUE, "x")).endsWith("(2147483647 items)"));
        assertEquals(1002, Texts.of(List.of("y".repeat(5000))).length());
        assertEquals(5000, Texts.of("y".repeat(5000)).length(), "a text itself is never cut");
    }

    @Test
    void whatHoldsItselfEnds() {
        var list = new ArrayList<Object>();
        list.add(list);
        assertEquals("[(itself)]", Texts.of(list));
        var array = new Object[1];
        array[0] = array;
        assertEquals("[(itself)]", Texts.of(array));
    }

    @Test
    void aCollectionWithWordsOfItsOwnKeepsThem() {
        var own = new ArrayList<>(IntStream.range(0, 500).boxed().toList()) {
            private static final long serialVersionUID = 1;

            @Override
            public String toString() {
                return "mine";
            }
        };
        assertEquals("mine", Texts.of(own));
    }

    @Test
    void aThrowableShowsItsCauses() {
        var thrown = new IllegalStateException("outer", new java.io.IOException("inner"));
        String text = Texts.of(thrown);
        assertTrue(text.startsWith("java.lang.IllegalStateException: outer\n    at "), text);
        assertTrue(text.endsWith("\ncaused by java.io.IOException: inner"), text);
    }
}
