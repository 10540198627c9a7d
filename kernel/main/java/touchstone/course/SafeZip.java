package touchstone.course;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import touchstone.notebook.NotebookException;

/** Unpacks zip files that others made: no path leaves the folder, and neither the size nor the number of files is believed. */
final class SafeZip {
    static final int MOST_FILES = 1000;
    static final long MOST_BYTES = 100L << 20;

    private final Path target;
    private final String name;
    private long left = MOST_BYTES;

    private SafeZip(Path target, String name) {
        this.target = target;
        this.name = name;
    }

    /** Unpacks into an empty folder; without what archivers of other systems add. */
    static void unpack(Path zip, Path target) throws NotebookException {
        String name = String.valueOf(zip.getFileName());
        try (var file = new ZipFile(zip.toFile())) {
            if (file.size() > MOST_FILES) {
                throw NotebookException.usage(
                        name + " holds " + file.size() + " files; at most " + MOST_FILES + " are unpacked.");
            }
            new SafeZip(target, name).all(file);
        } catch (ZipException e) {
            throw NotebookException.usage(name + " is not a zip file that can be read: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw NotebookException.usage(name + " cannot be unpacked: " + e.getMessage() + ".");
        }
    }

    private void all(ZipFile file) throws IOException, NotebookException {
        Enumeration<? extends ZipEntry> entries = file.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            Path to = place(entry.getName());
            boolean ours = !entry.isDirectory() && !entry.getName().startsWith("__MACOSX/");
            if (ours) {
                Files.createDirectories(java.util.Objects.requireNonNull(to.getParent(), "parent"));
                try (InputStream in = file.getInputStream(entry);
                        OutputStream out = Files.newOutputStream(to)) {
                    copy(in, out);
                }
            }
        }
    }

    private Path place(String entry) throws NotebookException {
        try {
            Path to = target.resolve(entry.replace('\\', '/')).normalize();
            if (to.startsWith(target)) {
                return to;
            }
        } catch (InvalidPathException e) {
            throw NotebookException.usage(name + " holds a file whose name cannot be: " + e.getMessage() + ".");
        }
        throw NotebookException.usage(
                name + " holds a path that leaves the folder: " + entry + "; it was not unpacked.");
    }

    /** Counts what comes out, whatever the file says of its size. */
    private void copy(InputStream in, OutputStream out) throws IOException, NotebookException {
        var buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            left -= n;
            if (left < 0) {
                throw NotebookException.usage(
                        name + " unpacks to more than " + (MOST_BYTES >> 20) + " MB; it was not unpacked.");
            }
            out.write(buffer, 0, n);
        }
    }
}
