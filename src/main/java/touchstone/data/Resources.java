package touchstone.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Opens data files, packed or not, and says in one sentence what is wrong with them. */
final class Resources {
    /** A line of a text file with its number, from 1. */
    @FunctionalInterface
    interface LineReader {
        void read(String line, int number) throws IOException;
    }

    private Resources() {}

    /** Reads a file that ships with the library. */
    static void shipped(String name, LineReader reader) {
        InputStream in = Resources.class.getResourceAsStream("/touchstone/datasets/" + name);
        if (in == null) {
            throw new IllegalStateException(
                    "the library's jar lacks touchstone/datasets/" + name + ": build it again from its source");
        }
        lines(in, name, name.endsWith(".gz"), reader);
    }

    /** Reads a file line by line; gzip when its name ends in {@code .gz}. */
    static void lines(Path file, LineReader reader) {
        InputStream in;
        try {
            in = Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("cannot open " + file + ": " + reason(e), e));
        }
        lines(in, file.toString(), file.toString().endsWith(".gz"), reader);
    }

    private static void lines(InputStream raw, String name, boolean packed, LineReader reader) {
        int number = 0;
        try (raw;
                InputStream in = packed ? new GZIPInputStream(raw) : raw;
                var text = new BufferedReader(new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                number++;
                reader.read(line, number);
            }
        } catch (BadLineException e) {
            throw new UncheckedIOException(new IOException(name + ", line " + e.line + ": " + e.getMessage(), e));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException(name + " is damaged after line " + number + ": " + reason(e), e));
        }
    }

    /** Demands of a line that it be as it should. */
    static BadLineException bad(int line, String what) {
        return new BadLineException(line, what);
    }

    static String reason(IOException e) {
        String message = e.getMessage() == null ? "" : ": " + e.getMessage();
        return e.getClass().getSimpleName() + message;
    }

    /** The lines of a small file. */
    static List<String> all(Path file) {
        var lines = new java.util.ArrayList<String>();
        lines(file, (line, number) -> lines.add(line));
        return lines;
    }

    /** A line that is not as it should be. */
    static final class BadLineException extends IOException {
        private static final long serialVersionUID = 1;
        final int line;

        private BadLineException(int line, String what) {
            super(what);
            this.line = line;
        }
    }
}
