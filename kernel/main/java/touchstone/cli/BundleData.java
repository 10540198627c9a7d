package touchstone.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The public data sets of the library's register that this user has.
 *
 * @param distribution its library's jar holds the register
 * @param folder where the user's data sets are, as {@code TOUCHSTONE_DATA} says
 */
record BundleData(Distribution distribution, Path folder) {
    private static final String REGISTER = "touchstone/datasets/registry.csv";

    /** One line of the register: the file below the data folder, its official address, its size in bytes. */
    private record Entry(String file, String address, long bytes) {}

    /** Size of what would be copied. */
    long bytes() throws IOException {
        return entries().stream().filter(this::isHere).mapToLong(Entry::bytes).sum();
    }

    /** Copies what is here into {@code target}, lists the rest in MISSING.txt, and says how many of each. */
    String write(Path target) throws IOException {
        Files.createDirectories(target);
        var missing = new ArrayList<String>();
        int copied = 0;
        for (Entry entry : entries()) {
            if (isHere(entry)) {
                Path file = target.resolve(entry.file());
                Files.createDirectories(file.getParent());
                Files.copy(folder.resolve(entry.file()), file);
                copied++;
            } else {
                missing.add(entry.file() + "   " + entry.address());
            }
        }
        if (missing.isEmpty()) {
            return "all " + copied + " public data sets are in the bundle";
        }
        var lines = new ArrayList<>(List.of(
                "Public data sets that were not on the machine that made this bundle. To add one, fetch it from its",
                "address and put it under this name below this folder; loaders check its SHA-256.",
                ""));
        lines.addAll(missing);
        Files.write(target.resolve("MISSING.txt"), lines);
        return copied + " public data sets are in the bundle, " + missing.size()
                + " are not because TOUCHSTONE_DATA names no folder with them (data/MISSING.txt says where to fetch them)";
    }

    /** A file of another size is not the one that loaders accept. */
    private boolean isHere(Entry entry) {
        try {
            Path file = folder.resolve(entry.file());
            return Files.isRegularFile(file) && Files.size(file) == entry.bytes();
        } catch (IOException e) {
            return false;
        }
    }

    private List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        for (Path jar : distribution.libraryJars()) {
            if (!String.valueOf(jar.getFileName()).startsWith("touchstone-") || Files.size(jar) == 0) {
                continue;
            }
            try (var zip = new ZipFile(jar.toFile())) {
                ZipEntry register = zip.getEntry(REGISTER);
                if (register != null) {
                    read(zip, register, entries);
                }
            }
        }
        return entries;
    }

    /** Columns name, file, address, sha256, bytes, licence, description; only the last may be quoted. */
    private static void read(ZipFile zip, ZipEntry register, List<Entry> entries) throws IOException {
        try (var reader =
                new BufferedReader(new InputStreamReader(zip.getInputStream(register), StandardCharsets.UTF_8))) {
            reader.lines().skip(1).filter(line -> !line.isBlank()).forEach(line -> {
                String[] parts = line.split(",", 6);
                var entry = new Entry(parts[1], parts[2], Long.parseLong(parts[4]));
                if (entries.stream().noneMatch(known -> known.file().equals(entry.file()))) {
                    entries.add(entry); // several data sets may be in one file
                }
            });
        }
    }
}
