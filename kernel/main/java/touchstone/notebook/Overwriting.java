package touchstone.notebook;

/** Printed text as a terminal leaves it: what follows a carriage return overwrites the line from its start. */
final class Overwriting {
    private static final char ESCAPE = '\u001b';

    private Overwriting() {}

    /** The text that remains; a carriage return at its end stays, for more may follow. */
    static String result(String text) {
        if (text.indexOf('\r') < 0) {
            return text;
        }
        var result = new StringBuilder();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            result.append(line(text.substring(start, end))).append('\n');
            start = end + 1;
        }
        String last = text.substring(start);
        return result.append(line(last)).append(last.endsWith("\r") ? "\r" : "").toString();
    }

    /** One line; where it has colours, whose codes take no room, the last that was written stands for the whole. */
    private static String line(String text) {
        var line = new StringBuilder();
        boolean coloured = text.indexOf(ESCAPE) >= 0;
        for (String part : text.split("\r+", -1)) {
            int kept = coloured && !part.isEmpty() ? line.length() : Math.min(part.length(), line.length());
            line.replace(0, kept, part);
        }
        return line.toString();
    }
}
