package touchstone.notebook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/** Replaces files in one step: a reader, or a crash, sees the old content or the new content, never a half. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes text in UTF-8 through a temporary file in the same folder, forced to disk and then moved over the target.
     *
     * @throws NotebookException if the file cannot be written; the old file is then unchanged
     */
    public static void write(Path file, String text) throws NotebookException {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path temporary = target.resolveSibling("." + name(target) + "." + UUID.randomUUID() + ".tmp");
            try {
                fill(temporary, text.getBytes(StandardCharsets.UTF_8));
                copyPermissions(target, temporary);
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            String old = Files.exists(file) ? "; the old file is unchanged" : "";
            throw NotebookException.environment("cannot write " + file + ": " + reason(e) + old + ".");
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void fill(Path temporary, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        if (Files.exists(from) && Files.getFileAttributeView(from, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Why an operation on a file failed, in a few words and without the file's name. */
    static String reason(IOException fault) {
        if (fault instanceof AccessDeniedException) {
            return "no permission";
        }
        if (fault instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (fault instanceof FileAlreadyExistsException) {
            return "something that is not a folder is in the way";
        }
        String reason = fault instanceof FileSystemException named ? named.getReason() : fault.getMessage();
        if (reason == null) {
            return fault.getClass().getSimpleName();
        }
        return reason.contains("No space left") ? "the disk is full" : reason;
    }
}
