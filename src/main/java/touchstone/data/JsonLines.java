package touchstone.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A file of one JSON object a line, read so that a bad line costs only itself: it is kept with its number and what is wrong with
 * it. Bytes that are not UTF-8 make a bad line, not a silent replacement. Lines without text are nobody's and are passed over.
 *
 * @param lines objects with the numbers of their lines, from 1, in the file's order
 * @param bad the lines that are no JSON object
 */
public record JsonLines(List<Line> lines, List<BadLine> bad) {
    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    /** An object and the number of its line, from 1. */
    public record Line(int number, JsonObject object) {}

    /**
     * A line that could not be read.
     *
     * @param number of the line, from 1
     * @param encoding whether its bytes are not UTF-8; else it is not a JSON object
     * @param reason what is wrong, as part of a sentence
     */
    public record BadLine(int number, boolean encoding, String reason) {}

    public JsonLines {
        lines = List.copyOf(lines);
        bad = List.copyOf(bad);
    }

    /** Reads a file; gzip when its name ends in {@code .gz}. A file that breaks off throws, with the last line that was whole. */
    public static JsonLines read(Path file) {
        byte[] bytes = bytes(file);
        var lines = new ArrayList<Line>();
        var bad = new ArrayList<BadLine>();
        int from = startsWithMark(bytes) ? 3 : 0;
        for (int number = 1; from < bytes.length; number++) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            read(ByteBuffer.wrap(bytes, from, to - from), number, lines, bad);
            from = to + 1;
        }
        return new JsonLines(lines, bad);
    }

    private static boolean startsWithMark(byte[] b) {
        return b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF;
    }

    private static void read(ByteBuffer line, int number, List<Line> lines, List<BadLine> bad) {
        int start = line.position();
        String text;
        try {
            text = decode(line);
        } catch (CharacterCodingException e) {
            bad.add(new BadLine(number, true, "not UTF-8 at byte " + (line.position() - start + 1)));
            return;
        }
        if (text.isBlank()) {
            return;
        }
        try {
            JsonObject object = STRICT.fromJson(text.strip(), JsonObject.class);
            lines.add(new Line(number, object));
        } catch (JsonParseException e) {
            bad.add(new BadLine(number, false, "not a JSON object"));
        }
    }

    /** Leaves the buffer where the first malformed byte is. */
    private static String decode(ByteBuffer line) throws CharacterCodingException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var text = java.nio.CharBuffer.allocate(line.remaining() + 1);
        CoderResult result = decoder.decode(line, text, true);
        if (result.isError()) {
            result.throwException();
        }
        return text.flip().toString();
    }

    private static byte[] bytes(Path file) {
        var whole = new ByteArrayOutputStream();
        try (InputStream raw = Files.newInputStream(file)) {
            copy(raw, whole, file);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("cannot open " + file + ": " + Resources.reason(e), e));
        }
        return whole.toByteArray();
    }

    private static void copy(InputStream raw, ByteArrayOutputStream whole, Path file) {
        try (InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            var block = new byte[1 << 16];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                whole.write(block, 0, n);
            }
        } catch (IOException e) {
            long newlines = whole.toString(StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            throw new UncheckedIOException(
                    new IOException(file + " is damaged after line " + newlines + ": " + Resources.reason(e), e));
        }
    }
}
