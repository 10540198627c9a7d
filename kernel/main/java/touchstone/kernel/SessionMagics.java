package touchstone.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;

/** {@code %history} and {@code %save}: the cells of this session. */
final class SessionMagics {
    private static final String SAVE = "%save";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(-(\\d{1,9}))?");

    private final Kernel kernel;
    private final WorkFolder folder;

    private SessionMagics(Kernel kernel, WorkFolder folder) {
        this.kernel = kernel;
        this.folder = folder;
    }

    static void register(Kernel kernel, WorkFolder folder) {
        var session = new SessionMagics(kernel, folder);
        Magics magics = kernel.magics();
        magics.line(
                new Description(
                        "[-n] [-o] [RANGE ...]",
                        "prints the cells of this session, such as 3-5; -n numbers, -o results"),
                session::history,
                "history");
        magics.line(
                new Description(
                        "[-a | -f] FILE [RANGE ...]", "saves cells to a file for %load; -a appends, -f overwrites"),
                session::save,
                "save");
    }

    private @Nullable Object history(List<String> args) {
        var options = new MagicArgs("%history", args);
        boolean numbers = options.flag("-n");
        boolean outputs = options.flag("-o");
        for (History.Entry entry : chosen("%history", options.plain())) {
            if (numbers) {
                System.out.println("// In[" + entry.line() + "]");
            }
            System.out.println(entry.input().stripTrailing());
            String output = entry.output();
            if (outputs && output != null) {
                System.out.println("// " + output.replace("\n", "\n// "));
            }
        }
        return null;
    }

    private @Nullable Object save(List<String> args) throws IOException {
        var options = new MagicArgs(SAVE, args);
        boolean append = options.flag("-a");
        boolean force = options.flag("-f");
        List<String> plain = options.plain();
        if (plain.isEmpty()) {
            throw new MagicException(SAVE + " needs a file: " + SAVE + " work.jshell 1-5");
        }
        boolean hasEnding = plain.get(0).matches("(?s).*\\.[^./]+");
        Path file = folder.resolve(hasEnding ? plain.get(0) : plain.get(0) + ".jshell");
        if (Files.exists(file) && !append && !force) {
            throw new MagicException("%save: " + file + " is there already; -f overwrites it, -a appends");
        }
        List<History.Entry> cells = chosen(SAVE, plain.subList(1, plain.size()));
        var text = new StringBuilder();
        cells.forEach(each -> text.append(each.input().stripTrailing()).append("\n\n"));
        if (append) {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } else {
            Files.writeString(file, text);
        }
        System.out.println("saved " + (cells.size() == 1 ? "1 cell" : cells.size() + " cells") + " to " + file);
        return null;
    }

    /** The cells of ranges such as {@code 3} and {@code 5-7}; all of the session for none. */
    private List<History.Entry> chosen(String magic, List<String> ranges) {
        List<History.Entry> all = kernel.history().ofThisSession();
        if (ranges.isEmpty()) {
            return all;
        }
        var chosen = new ArrayList<History.Entry>();
        for (String range : ranges) {
            Matcher matcher = RANGE.matcher(range);
            if (!matcher.matches()) {
                throw new MagicException(magic + ": a range is a cell's number or FIRST-LAST, was " + range);
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
            all.stream()
                    .filter(each -> each.line() >= first && each.line() <= last)
                    .forEach(chosen::add);
        }
        if (chosen.isEmpty()) {
            throw new MagicException(magic + ": there is no cell " + String.join(" ", ranges) + " in this session");
        }
        return chosen;
    }
}
