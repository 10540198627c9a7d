package touchstone.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;

/** {@code %cd}, {@code %pwd}, {@code %ls}, {@code %load} and {@code %%writefile}. */
final class FileMagics {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Kernel kernel;
    private final WorkFolder folder;

    private FileMagics(Kernel kernel, WorkFolder folder) {
        this.kernel = kernel;
        this.folder = folder;
    }

    static void register(Kernel kernel, WorkFolder folder) {
        var files = new FileMagics(kernel, folder);
        Magics magics = kernel.magics();
        magics.line(
                new Description("[FOLDER | -]", "changes the folder of magics and of %%shell; not that of Java itself"),
                files::cd,
                "cd");
        magics.line(
                new Description("", "gives the folder of magics and of %%shell"),
                args -> {
                    new MagicArgs("%pwd", args).none();
                    return folder.current().toString();
                },
                "pwd");
        magics.line(
                new Description("[-l] [PATTERN]", "lists files; with -l their sizes and times too"), files::ls, "ls");
        magics.line(
                new Description(
                        "FILE ...", "runs files of Java and magics; .jshell, .java and .jsh are tried as endings"),
                files::load,
                "load");
        magics.cell(new Description("[-a] FILE", "writes the cell to a file; -a appends"), files::write, "writefile");
    }

    private @Nullable Object cd(List<String> args) {
        // a dash alone is the folder before, not an option
        String to = new MagicArgs("%cd", args).atMostOne("a folder").orElse("~");
        Path now = folder.change(to);
        System.out.println(now);
        if (!now.equals(folder.start())) {
            System.out.println("(for magics and %%shell; a JVM cannot change its own folder: relative paths in Java"
                    + " still begin at " + folder.start() + ")");
        }
        return null;
    }

    private @Nullable Object ls(List<String> args) throws IOException {
        var options = new MagicArgs("%ls", args);
        boolean details = options.flag("-l");
        String pattern = options.atMostOne("a pattern").orElse(".");
        var rows = new ArrayList<List<String>>();
        for (Path path : listed(pattern)) {
            String name = path.getFileName() + (Files.isDirectory(path) ? "/" : "");
            rows.add(details ? List.of(size(path), time(path), name) : List.of(name));
        }
        System.out.print(rows.isEmpty() ? "no files\n" : TextTable.of(rows));
        return null;
    }

    private List<Path> listed(String pattern) throws IOException {
        Path plain = folder.resolve(pattern);
        if (Files.isDirectory(plain)) {
            try (Stream<Path> all = Files.list(plain)) {
                return all.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                        .sorted()
                        .toList();
            }
        }
        List<Path> found = Settings.glob(plain.toString());
        if (found.isEmpty()) {
            throw new MagicException("%ls: nothing at " + plain);
        }
        return found;
    }

    private static String size(Path path) throws IOException {
        return Files.isDirectory(path) ? "-" : String.valueOf(Files.size(path));
    }

    private static String time(Path path) throws IOException {
        return TIME.format(Files.getLastModifiedTime(path).toInstant().atZone(ZoneId.systemDefault()));
    }

    private @Nullable Object load(List<String> files) throws IOException {
        if (files.isEmpty()) {
            throw new MagicException("%load needs a file: %load path/to/script.jshell");
        }
        for (String file : files) {
            kernel.eval(Files.readString(script(file)));
        }
        return null;
    }

    private Path script(String file) {
        for (String ending : List.of("", ".jshell", ".java", ".jsh")) {
            Path candidate = folder.resolve(file + ending);
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw new MagicException("%load: there is no file " + file);
    }

    private @Nullable Object write(List<String> args, String body) throws IOException {
        var options = new MagicArgs("%%writefile", args);
        boolean append = options.flag("-a");
        Path file = folder.resolve(options.one("a file name"));
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new MagicException("%%writefile: there is no folder " + parent);
        }
        if (Files.isDirectory(file)) {
            throw new MagicException("%%writefile: " + file + " is a folder");
        }
        boolean there = Files.exists(file);
        String text = body.isEmpty() || body.endsWith("\n") ? body : body + "\n";
        if (append) {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } else {
            Files.writeString(file, text);
        }
        System.out.println((!there ? "wrote " : append ? "appended to " : "overwrote ") + file);
        return null;
    }
}
