package touchstone.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import touchstone.kernel.engine.Completer;
import touchstone.kernel.engine.Completer.Completion;
import touchstone.kernel.engine.Completer.Match;
import touchstone.kernel.magic.MagicParser;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.protocol.Content;

/** Answers a complete_request: magics after a percent sign, files within a text, Java everywhere else. */
final class CompleteReply {
    private static final Pattern MAGIC = Pattern.compile("(?:\\A|\\n)[ \\t]*(%%?)(\\w*)\\z");
    private static final int MOST_FILES = 100;

    private CompleteReply() {}

    /** @param cursor index into {@code code}, in chars */
    static JsonObject of(Kernel kernel, String code, int cursor) {
        String before = code.substring(0, cursor);
        Matcher magic = MAGIC.matcher(before);
        int quote = openQuote(before);
        Completion found;
        if (magic.find()) {
            found = magics(kernel.magics(), magic, cursor);
        } else if (quote >= 0) {
            found = files(before.substring(quote + 1), cursor);
        } else {
            // magics elsewhere in the cell are blanked out, so that positions stay
            String java = blankMagics(code);
            kernel.cells().provideForCompletion(java.substring(0, cursor));
            found = new Completer(kernel.cells().engine()).complete(java, cursor);
        }
        return reply(code, found);
    }

    private static JsonObject reply(String code, Completion found) {
        int start = code.codePointCount(0, found.start());
        int end = code.codePointCount(0, found.end());
        var texts = new JsonArray();
        var types = new JsonArray();
        for (Match match : found.matches()) {
            texts.add(match.text());
            var type = new JsonObject();
            type.addProperty("start", start);
            type.addProperty("end", end);
            type.addProperty("text", match.text());
            type.addProperty("type", match.kind());
            type.addProperty("signature", match.signature());
            types.add(type);
        }
        JsonObject reply = Content.ok();
        reply.add("matches", texts);
        reply.addProperty("cursor_start", start);
        reply.addProperty("cursor_end", end);
        var metadata = new JsonObject();
        metadata.add("_jupyter_types_experimental", types);
        reply.add("metadata", metadata);
        return reply;
    }

    private static Completion magics(Magics magics, Matcher typed, int cursor) {
        boolean cell = typed.group(1).length() == 2;
        boolean first = typed.start() == 0;
        Set<String> names = cell ? magics.cellNames() : magics.lineNames();
        var matches = new ArrayList<Match>();
        for (String name : cell && !first ? Set.<String>of() : names) {
            if (name.startsWith(typed.group(2))) {
                matches.add(new Match(typed.group(1) + name, "magic", ""));
            }
        }
        return new Completion(matches, typed.start(1), cursor);
    }

    /** Where the text literal begins in which the code ends, or -1. */
    private static int openQuote(String before) {
        int i = 0;
        while (i < before.length()) {
            int skipped = MagicParser.skipLiteralOrComment(before, i);
            boolean literal = before.charAt(i) == '"' && !before.startsWith("\"\"\"", i);
            boolean closed = skipped - i > 1 && before.charAt(skipped - 1) == '"';
            if (literal && skipped == before.length() && !closed) {
                return i;
            }
            i = Math.max(i + 1, skipped);
        }
        return -1;
    }

    private static Completion files(String typed, int cursor) {
        int slash = typed.lastIndexOf('/') + 1;
        String folder = typed.substring(0, slash);
        String name = typed.substring(slash);
        var matches = new ArrayList<Match>();
        try (Stream<Path> files = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
            List<Path> fitting = files.filter(file -> fits(file, name))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
            for (Path file : fitting) {
                String end = Files.isDirectory(file) ? "/" : "";
                matches.add(new Match(file.getFileName() + end, "path", ""));
            }
        } catch (IOException | InvalidPathException e) {
            return new Completion(List.of(), cursor, cursor);
        }
        return new Completion(matches, cursor - name.length(), cursor);
    }

    private static boolean fits(Path file, String typed) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(typed)
                && (!name.startsWith(".") || typed.startsWith("."))
                && !name.contains(File.separator);
    }

    private static String blankMagics(String code) {
        if (code.indexOf('%') < 0) {
            return code;
        }
        Matcher line = Pattern.compile("(?m)^[ \\t]*%.*$").matcher(code);
        return line.replaceAll(match -> " ".repeat(match.group().length()));
    }
}
