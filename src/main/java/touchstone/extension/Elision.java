package touchstone.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which of many rows or columns a table shows: all of a few, else the first and the last with a gap between. */
record Elision(int size, int first, int last) {
    /** Keeps at most {@code most} of {@code size}, two thirds of them from the front. */
    static Elision of(int size, int most) {
        if (size <= most) {
            return new Elision(size, size, 0);
        }
        int last = most / 3;
        return new Elision(size, most - last, last);
    }

    boolean cuts() {
        return first + last < size;
    }

    /** An item for each place shown, and the gap's item between. */
    <T> List<T> map(IntFunction<T> item, T gap) {
        var items = new ArrayList<T>();
        IntStream.range(0, first).mapToObj(item).forEach(items::add);
        if (cuts()) {
            items.add(gap);
        }
        IntStream.range(size - last, size).mapToObj(item).forEach(items::add);
        return items;
    }
}
