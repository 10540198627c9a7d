package touchstone.data.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import touchstone.util.Check;

/** What a {@link RefusalGrammar} asks to be done with symbols: a map from strings of {@link #SYMBOLS} to strings of equal length. */
public enum SymbolTask {
    /** As they stand. */
    COPY,
    /** Last to first. */
    REVERSE,
    /** Each by the one after it; the last by the first. */
    NEXT,
    /** In the order of the alphabet. */
    SORT,
    /** Each by the one before it; the first by the last. Left out of {@link #BASE}. */
    PREVIOUS,
    /** The first moved to the end. Left out of {@link #BASE}. */
    ROTATE;

    /** The alphabet, in order. */
    public static final List<String> SYMBOLS = List.of("a", "b", "c", "d", "e", "f");

    /** The tasks of pretraining and alignment. */
    public static final List<SymbolTask> BASE = List.of(COPY, REVERSE, NEXT, SORT);

    /** The tasks kept back, to be learned later. */
    public static final List<SymbolTask> NEW = List.of(PREVIOUS, ROTATE);

    /** The word of a prompt. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The result for symbols, one or more of {@link #SYMBOLS}. */
    public List<String> apply(List<String> symbols) {
        Check.nonEmpty(symbols.size(), "symbols");
        var out = new ArrayList<>(symbols);
        switch (this) {
            case COPY -> {}
            case REVERSE -> Collections.reverse(out);
            case NEXT -> out.replaceAll(s -> shifted(s, 1));
            case PREVIOUS -> out.replaceAll(s -> shifted(s, -1));
            case SORT -> Collections.sort(out);
            case ROTATE -> Collections.rotate(out, -1);
        }
        return List.copyOf(out);
    }

    private static String shifted(String symbol, int by) {
        return SYMBOLS.get(Math.floorMod(SYMBOLS.indexOf(symbol) + by, SYMBOLS.size()));
    }
}
