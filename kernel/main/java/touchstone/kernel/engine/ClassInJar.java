package touchstone.kernel.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** A class file in a jar, for the compiler to read. */
record ClassInJar(ZipFile jar, String entry) implements JavaFileObject {
    /** The name as class files have it, such as {@code java.util.Map$Entry}. */
    String binaryName() {
        return entry.substring(0, entry.length() - Kind.CLASS.extension.length())
                .replace('/', '.');
    }

    @Override
    public URI toUri() {
        return URI.create("jar:" + Path.of(jar.getName()).toUri() + "!/"
                + Path.of("/" + entry).toUri().getRawPath().substring(1));
    }

    @Override
    public String getName() {
        return jar.getName() + "(" + entry + ")";
    }

    @Override
    public Kind getKind() {
        return Kind.CLASS;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.CLASS
                && entry.substring(entry.lastIndexOf('/') + 1).equals(simpleName + Kind.CLASS.extension);
    }

    @Override
    public InputStream openInputStream() throws IOException {
        ZipEntry found = jar.getEntry(entry);
        InputStream in = found == null ? null : jar.getInputStream(found);
        if (in == null) {
            throw new IOException(jar.getName() + " holds no " + entry + " any more");
        }
        return in;
    }

    @Override
    public long getLastModified() {
        ZipEntry found = jar.getEntry(entry);
        return found == null ? 0 : found.getTime();
    }

    @Override
    public @Nullable NestingKind getNestingKind() {
        return null;
    }

    @Override
    public @Nullable Modifier getAccessLevel() {
        return null;
    }

    @Override
    public OutputStream openOutputStream() {
        throw new UnsupportedOperationException("jars are only read");
    }

    @Override
    public Reader openReader(boolean ignoreEncodingErrors) {
        throw new UnsupportedOperationException("a class file is no text");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        throw new UnsupportedOperationException("a class file is no text");
    }

    @Override
    public Writer openWriter() {
        throw new UnsupportedOperationException("jars are only read");
    }

    @Override
    public boolean delete() {
        return false;
    }
}
