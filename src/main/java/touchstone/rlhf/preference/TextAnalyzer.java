package touchstone.rlhf.preference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import touchstone.util.Check;

/**
 * Cuts a text into terms: runs of {@code least} to {@code most} units. Cuts as scikit-learn's vectorisers do: a word is two or more
 * letters, digits or underscores; space at the edge of a word counts as a character of it.
 *
 * @param unit of what the runs are
 * @param least units of the shortest run, 1 or more
 * @param most units of the longest run, at least {@code least}
 * @param lowercase whether case is dropped first
 */
public record TextAnalyzer(Unit unit, int least, int most, boolean lowercase) {
    /** Units of text. */
    public enum Unit {
        /** Words, joined by one space. */
        WORD,
        /** Characters inside the bounds of words cut at white space, a space before and after each; a short word counts once. */
        CHARACTER_IN_WORD,
        /** Characters of the whole text, runs of white space made one space. */
        CHARACTER
    }

    /** Takes terms, each as a stretch of a buffer that will be used again. */
    @FunctionalInterface
    interface Sink {
        void term(char[] buffer, int from, int to);
    }

    public TextAnalyzer {
        Check.atLeast(least, 1, "least");
        Check.atLeast(most, least, "most");
    }

    /** Single words in lower case. */
    public static TextAnalyzer words() {
        return words(1, 1);
    }

    /** Runs of words in lower case. */
    public static TextAnalyzer words(int least, int most) {
        return new TextAnalyzer(Unit.WORD, least, most, true);
    }

    /** Runs of characters inside words in lower case: scikit-learn's {@code char_wb}. */
    public static TextAnalyzer characters(int least, int most) {
        return new TextAnalyzer(Unit.CHARACTER_IN_WORD, least, most, true);
    }

    public TextAnalyzer withLowercase(boolean on) {
        return new TextAnalyzer(unit, least, most, on);
    }

    /** The terms of a text, each as often as it occurs; the order is the cutter's own. */
    public List<String> terms(String text) {
        var terms = new ArrayList<String>();
        each(text, (buffer, from, to) -> terms.add(new String(buffer, from, to - from)));
        return terms;
    }

    void each(String text, Sink sink) {
        char[] in = (lowercase ? text.toLowerCase(Locale.ROOT) : text).toCharArray();
        switch (unit) {
            case WORD -> words(in, sink);
            case CHARACTER_IN_WORD -> insideWords(in, sink);
            case CHARACTER -> characters(in, sink);
        }
    }

    /** Gathers the words one space apart and cuts at those spaces. */
    private void words(char[] in, Sink sink) {
        var buffer = new char[in.length + 1];
        var start = new int[in.length / 2 + 2];
        int words = 0;
        int used = 0;
        int i = 0;
        while (i < in.length) {
            int from = i;
            int units = 0;
            while (i < in.length && isWord(Character.codePointAt(in, i))) {
                i += Character.charCount(Character.codePointAt(in, i));
                units++;
            }
            if (units >= 2) {
                start[words++] = used;
                System.arraycopy(in, from, buffer, used, i - from);
                used += i - from;
                buffer[used++] = ' ';
            }
            i += units == 0 ? Character.charCount(Character.codePointAt(in, i)) : 0;
        }
        start[words] = used;
        for (int n = least; n <= most; n++) {
            for (int w = 0; w + n <= words; w++) {
                sink.term(buffer, start[w], start[w + n] - 1);
            }
        }
    }

    private void insideWords(char[] in, Sink sink) {
        var buffer = new char[in.length + 2];
        var cut = new int[in.length + 3];
        buffer[0] = ' ';
        int i = 0;
        while (i < in.length) {
            while (i < in.length && isSpace(in[i])) {
                i++;
            }
            int from = i;
            while (i < in.length && !isSpace(in[i])) {
                i++;
            }
            if (i > from) {
                System.arraycopy(in, from, buffer, 1, i - from);
                int end = i - from + 2;
                buffer[end - 1] = ' ';
                oneWord(buffer, cut, cuts(buffer, end, cut), sink);
            }
        }
    }

    private void oneWord(char[] buffer, int[] cut, int units, Sink sink) {
        for (int n = least; n <= most; n++) {
            if (n >= units) {
                sink.term(buffer, 0, cut[units]);
                return;
            }
            for (int k = 0; k + n <= units; k++) {
                sink.term(buffer, cut[k], cut[k + n]);
            }
        }
    }

    private void characters(char[] in, Sink sink) {
        var buffer = new char[in.length];
        int used = 0;
        int i = 0;
        while (i < in.length) {
            int from = i;
            while (i < in.length && isSpace(in[i])) {
                i++;
            }
            buffer[used++] = i - from > 1 ? ' ' : in[from];
            i += i == from ? 1 : 0;
        }
        var cut = new int[used + 1];
        int units = cuts(buffer, used, cut);
        for (int n = least; n <= most; n++) {
            for (int k = 0; k + n <= units; k++) {
                sink.term(buffer, cut[k], cut[k + n]);
            }
        }
    }

    /** Where each character (code point) begins, and the end; returns their number. */
    private static int cuts(char[] buffer, int end, int[] cut) {
        int units = 0;
        int at = 0;
        while (at < end) {
            cut[units++] = at;
            boolean pair =
                    Character.isHighSurrogate(buffer[at]) && at + 1 < end && Character.isLowSurrogate(buffer[at + 1]);
            at += pair ? 2 : 1;
        }
        cut[units] = end;
        return units;
    }

    /** What Python's {@code \w} takes: letters, numbers of all kinds and the underscore. */
    private static boolean isWord(int c) {
        if (c < 128) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        }
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    private static boolean isSpace(char c) {
        if (c < 128) {
            return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
        }
        return c == 0x85 || Character.isSpaceChar(c);
    }

    /** An array of at least so many places that begins with what there is. */
    static int[] grown(int[] a, int needed) {
        return needed <= a.length ? a : Arrays.copyOf(a, Math.max(needed, 2 * a.length));
    }
}
