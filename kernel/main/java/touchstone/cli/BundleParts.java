package touchstone.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a folder and splits the archive into parts that a script joins and checks.
 *
 * @param host the machine, whose tar is used; where it has none, a zip file is made, which keeps no rights
 * @param partSize the size of each part but the last, in bytes
 */
record BundleParts(Host host, long partSize) {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kmg])", Pattern.CASE_INSENSITIVE);
    private static final long SMALLEST = 1 << 20;
    /** The names of parts have three digits. */
    private static final int MOST = 999;

    /** Reads a size such as 60m, in bytes; k, m and g count by 1024. */
    static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        long bytes = 0;
        if (matcher.matches()) {
            int unit = " kmg".indexOf(Character.toLowerCase(matcher.group(2).charAt(0)));
            bytes = Long.parseLong(matcher.group(1)) << (10 * unit);
        }
        if (bytes < SMALLEST) {
            throw UserError.usage(
                    "--part-size must be a whole number with k, m or g and at least 1m, such as 60m, was " + text);
        }
        return bytes;
    }

    /** Writes the parts of {@code tree}, their sums and the scripts into {@code target}, which exists. */
    void write(Path tree, Path target) throws IOException, InterruptedException {
        if (Folders.bytes(tree) / partSize > MOST) {
            throw UserError.usage("--part-size is so small that there would be more than " + MOST
                    + " parts; the folder has " + Folders.bytes(tree) / SMALLEST + " MiB");
        }
        Optional<Path> tar = Programs.find(host, "tar");
        String name = "touchstone." + (tar.isPresent() ? "tar.gz" : "zip");
        var parts = new PartsOutput(target, name, partSize);
        try (parts) {
            if (tar.isPresent()) {
                tar(tar.get(), tree, parts);
            } else {
                zip(tree, parts);
            }
        }
        Files.write(target.resolve("SHA256SUMS"), parts.sums());
        for (String script : List.of("join.sh", "join.bat")) {
            Bundle.copyResource(script, target.resolve(script));
        }
        target.resolve("join.sh").toFile().setExecutable(true, false);
    }

    private static void tar(Path tar, Path tree, OutputStream out) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        tar.toString(),
                        "-cf",
                        "-",
                        "-C",
                        tree.resolve("..").normalize().toString(),
                        tree.getFileName().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream zipped = new FastGzip(out)) {
            process.getInputStream().transferTo(zipped);
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0) {
            throw UserError.environment("tar failed with exit code " + process.exitValue() + " on " + tree);
        }
    }

    private static void zip(Path tree, OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out);
                Stream<Path> all = Files.walk(tree)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = tree.resolve("..")
                        .normalize()
                        .relativize(file)
                        .toString()
                        .replace('\\', '/');
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    /** Jars are compressed already: more effort makes the archive hardly smaller. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
