package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/**
 * What a student handed in for an assignment.
 *
 * @param root the folder, or where its zip file was unpacked
 * @param files all files below it by their path in it, in that order; no links
 * @param notes what the instructor should know, a sentence each
 */
record Submission(Path root, Map<String, Path> files, List<String> notes) {
    static final String TIMESTAMP = "timestamp.txt";
    private static final String NOTEBOOK = ".ipynb";
    private static final int DEPTH = 8;

    /**
     * Reads a folder. One zip file in place of notebooks is unpacked.
     *
     * @param scratch an empty folder to unpack into
     * @throws NotebookException when it cannot be told what was handed in, with the reason
     */
    static Submission of(Path folder, Path scratch) throws NotebookException {
        var notes = new ArrayList<String>();
        Map<String, Path> files = walk(folder, notes);
        List<String> zips =
                files.keySet().stream().filter(name -> name.endsWith(".zip")).toList();
        List<String> notebooks =
                files.keySet().stream().filter(name -> name.endsWith(NOTEBOOK)).toList();
        if (zips.isEmpty()) {
            return new Submission(folder, files, notes);
        }
        if (zips.size() > 1 || !notebooks.isEmpty()) {
            String found = notebooks.isEmpty() ? zips.get(1) : notebooks.get(0);
            throw NotebookException.usage(
                    zips.get(0) + " and " + found + " are two submissions of one student; keep one.");
        }
        SafeZip.unpack(folder.resolve(zips.get(0)), scratch);
        Path root = withoutWrapping(scratch);
        return new Submission(root, walk(root, notes), notes);
    }

    /** Most archivers put all into one folder: that folder. */
    private static Path withoutWrapping(Path folder) throws NotebookException {
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> entries = inside.toList();
            boolean wrapped = entries.size() == 1 && Files.isDirectory(entries.get(0));
            return wrapped ? entries.get(0) : folder;
        } catch (IOException e) {
            throw NotebookException.environment("cannot list " + folder + ": " + e.getMessage() + ".");
        }
    }

    /** The files below a folder by their path in it, without hidden ones; links are not followed but named. */
    static Map<String, Path> walk(Path folder, List<String> notes) throws NotebookException {
        var files = new TreeMap<String, Path>();
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            for (Path each : all.sorted().toList()) {
                String name = folder.relativize(each).toString().replace('\\', '/');
                if (Files.isSymbolicLink(each)) {
                    notes.add(name + " is a link and was ignored");
                } else if (Files.isRegularFile(each) && !(name.startsWith(".") || name.contains("/."))) {
                    files.put(name, each);
                }
            }
            return files;
        } catch (IOException e) {
            throw NotebookException.usage("cannot read " + folder + ": " + e.getMessage() + ".");
        }
    }

    /** Whether it holds any notebook. */
    boolean empty() {
        return files.keySet().stream().noneMatch(name -> name.endsWith(NOTEBOOK));
    }

    /**
     * The notebook that answers one of the assignment's: that of its name, or the only other one with its cells.
     *
     * @param taken names of the assignment's other notebooks
     * @throws NotebookException when there is none, or more than one
     */
    Path answer(String name, Notebook asked, java.util.Set<String> taken) throws NotebookException {
        var found = new ArrayList<String>();
        for (Map.Entry<String, Path> each : files.entrySet()) {
            boolean another = each.getKey().endsWith(NOTEBOOK) && !taken.contains(each.getKey());
            if (each.getKey().equals(name) || (another && hasCellsOf(asked, each.getValue()))) {
                found.add(each.getKey());
            }
        }
        if (found.isEmpty()) {
            throw NotebookException.usage(name + " is missing");
        }
        if (found.size() > 1) {
            throw NotebookException.usage(
                    found.get(0) + " and " + found.get(1) + " are two submissions of one student; keep one");
        }
        return java.util.Objects.requireNonNull(files.get(found.get(0)), "found");
    }

    private static boolean hasCellsOf(Notebook asked, Path file) {
        try {
            List<String> ids = Notebook.read(file).cells().stream()
                    .flatMap(cell -> CellMarks.of(cell).map(CellMarks::id).stream())
                    .toList();
            return asked.cells().stream().anyMatch(cell -> has(ids, cell));
        } catch (NotebookException e) {
            return false; // not a notebook that could be graded
        }
    }

    private static boolean has(List<String> ids, Cell cell) {
        return CellMarks.of(cell).map(CellMarks::id).filter(ids::contains).isPresent();
    }

    /** Copies a folder's files but notebooks and the time stamp into another, over those of the same name. */
    static void copyOthers(Map<String, Path> files, Path target) throws IOException {
        for (Map.Entry<String, Path> each : files.entrySet()) {
            if (!each.getKey().endsWith(NOTEBOOK) && !each.getKey().equals(TIMESTAMP)) {
                Path to = target.resolve(each.getKey());
                Files.createDirectories(java.util.Objects.requireNonNull(to.getParent(), "parent"));
                Files.copy(each.getValue(), to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
