package touchstone.data.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A square grid, its sites numbered row by row from the north-west, and words for places and ways on it.
 *
 * @param side rows, and columns
 */
record Grid(int side) {
    /** Neither this way nor that. */
    static final String LEVEL = "level";

    /** The other words of ways. */
    static final List<String> WAYS = List.of("north", "south", "west", "east");

    private static final List<String> VERTICAL = List.of("north", LEVEL, "south");
    private static final List<String> ACROSS = List.of("west", LEVEL, "east");

    int sites() {
        return side * side;
    }

    /** Steps along rows and columns between two sites. */
    int steps(int a, int b) {
        return Math.abs(a / side - b / side) + Math.abs(a % side - b % side);
    }

    /** The way from a site to another, such as {@code north level}. */
    String way(int a, int b) {
        int down = Integer.signum(b / side - a / side);
        int right = Integer.signum(b % side - a % side);
        return VERTICAL.get(down + 1) + " " + ACROSS.get(right + 1);
    }

    /** The words of a site, such as {@code row2 col0}. */
    String words(int site) {
        return "row" + site / side + " col" + site % side;
    }

    /** All words of sites, each once. */
    List<String> words() {
        var words = new ArrayList<String>();
        for (int i = 0; i < side; i++) {
            words.add("row" + i);
        }
        for (int i = 0; i < side; i++) {
            words.add("col" + i);
        }
        return words;
    }
}
