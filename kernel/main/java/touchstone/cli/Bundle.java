package touchstone.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import touchstone.kernel.backend.Nd4jCuda;

/**
 * What goes into a bundle besides data: {@code runtime/}, {@code distribution/}, {@code notebooks/}, the start script,
 * licences and a README.
 *
 * @param sources the folder that holds {@code notebooks/} and {@code LICENSE}
 * @param cuda ND4J's CUDA jars, which come along in {@code lib/cuda}; none without a GPU
 */
record Bundle(Distribution distribution, BundleRuntime runtime, Path sources, List<Path> cuda) {
    Bundle {
        cuda = List.copyOf(cuda);
    }

    private static final Pattern NATIVE = Pattern.compile(".*-((?:linux|macosx|windows|android|ios)-[a-z0-9_]+)\\.jar");
    /** Made for one JDK in one folder, so of no use in another. */
    private static final Pattern ARCHIVE = Pattern.compile("kernel-.*\\.(jsa|aot)");
    /** Above what a linked runtime of a JDK 17 to 25 takes. */
    private static final long RUNTIME_BYTES = 200L << 20;

    /** The folder with the notebooks: that of the sources, or of the bundle that this program runs from. */
    static Path sources(Distribution distribution) {
        for (String up : List.of("../..", "..")) {
            Path folder = distribution.home().resolve(up).normalize();
            if (Files.isDirectory(folder.resolve("notebooks"))) {
                return folder;
            }
        }
        throw UserError.environment("there is no folder notebooks above " + distribution.home()
                + "; make the bundle with ./touchstone of a clone");
    }

    /** About how much room it takes. */
    long bytes() throws IOException {
        long bytes = RUNTIME_BYTES + Folders.bytes(sources.resolve("notebooks"));
        for (Path file : distributionFiles()) {
            bytes += Files.size(file);
        }
        for (Path jar : cuda) {
            bytes += Files.size(jar);
        }
        return bytes;
    }

    /** Writes all of it into {@code folder}, which exists. */
    void write(Path folder) throws IOException {
        runtime.link(folder.resolve("runtime"));
        copy(distribution.home(), distributionFiles(), folder.resolve("distribution"));
        for (Path jar : cuda) {
            Path target = Files.createDirectories(folder.resolve("distribution/lib/cuda"));
            Files.copy(jar, target.resolve(String.valueOf(jar.getFileName())), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path notebooks = sources.resolve("notebooks");
        copy(notebooks, files(notebooks), folder.resolve("notebooks"));
        copyResource("touchstone", folder.resolve("touchstone"));
        folder.resolve("touchstone").toFile().setExecutable(true, false);
        copyResource("README.txt", folder.resolve("README.txt"));
        if (Files.exists(sources.resolve("LICENSE"))) {
            Files.copy(sources.resolve("LICENSE"), folder.resolve("LICENSE"));
        }
        Files.write(folder.resolve("NOTICES.txt"), notices());
    }

    /** The distribution without archives, jars for other platforms and CUDA. */
    private List<Path> distributionFiles() throws IOException {
        Path home = distribution.home();
        return files(home).stream()
                .filter(file -> !home.relativize(file).startsWith("lib/cuda"))
                .filter(file -> isWanted(String.valueOf(file.getFileName()), Nd4jCuda.platform()))
                .toList();
    }

    static boolean isWanted(String name, String platform) {
        var matcher = NATIVE.matcher(name);
        return !ARCHIVE.matcher(name).matches()
                && (!matcher.matches() || matcher.group(1).equals(platform));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains(".ipynb_checkpoints"))
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, List<Path> files, Path to) throws IOException {
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Each jar with the licence texts that it carries. */
    private List<String> notices() throws IOException {
        var lines = new ArrayList<>(List.of(
                "Touchstone: see LICENSE. Java: see runtime/legal. Jars below distribution/lib, each with the texts of its",
                "licence that are inside it (unzip -p JAR TEXT shows one):",
                ""));
        for (Path file : distributionFiles()) {
            String name = distribution.home().resolve("lib").relativize(file).toString();
            if (name.endsWith(".jar") && !name.startsWith("..") && Files.size(file) > 0) {
                lines.add(notice(name, file));
            }
        }
        for (Path jar : cuda) {
            lines.add(notice("cuda/" + jar.getFileName(), jar));
        }
        return lines;
    }

    private static String notice(String name, Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return name + "   " + licences(zip);
        }
    }

    private static String licences(ZipFile zip) {
        String texts = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.matches("(?i)(META-INF/)?[^/]*(LICENSE|NOTICE|COPYING)[^/]*"))
                .sorted()
                .collect(Collectors.joining(", "));
        return texts.isEmpty() ? "(no text; its project's page names the licence)" : texts;
    }

    static void copyResource(String name, Path target) throws IOException {
        try (InputStream in = Bundle.class.getResourceAsStream("bundle/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the kernel's jar lacks the resource bundle/" + name);
            }
            Files.copy(in, target);
        }
    }
}
