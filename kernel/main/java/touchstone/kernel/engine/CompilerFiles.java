package touchstone.kernel.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The compiler's view of the class path. For every snippet the compiler is started three times, and each time it searches
 * the class path for plug-ins and lists the packages of all jars; here it finds no plug-ins at once, and jars are read
 * once, by {@link JarPackages}. Folders go the usual way.
 */
final class CompilerFiles extends ForwardingJavaFileManager<StandardJavaFileManager>
        implements StandardJavaFileManager {
    private volatile List<Path> classPath = List.of();
    private volatile JarPackages jars = new JarPackages(List.of());
    private volatile boolean hasFolders = true; // until a class path is set, the compiler uses one of its own

    CompilerFiles(StandardJavaFileManager manager) {
        super(manager);
    }

    @Override
    public boolean handleOption(String current, Iterator<String> remaining) {
        boolean isClassPath = Set.of("-classpath", "-cp", "--class-path").contains(current);
        if (!isClassPath || !remaining.hasNext()) {
            return super.handleOption(current, remaining);
        }
        var entries = new LinkedHashSet<Path>();
        for (String entry : remaining.next().split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry));
            }
        }
        List<Path> folders = entries.stream().filter(Files::isDirectory).toList();
        classPath = List.copyOf(entries);
        jars = new JarPackages(
                entries.stream().filter(entry -> !folders.contains(entry)).toList());
        hasFolders = !folders.isEmpty();
        String rest = folders.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return !hasFolders || super.handleOption(current, List.of(rest).iterator());
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        if (location != StandardLocation.CLASS_PATH) {
            return super.list(location, packageName, kinds, recurse);
        }
        List<JavaFileObject> found = !kinds.contains(JavaFileObject.Kind.CLASS)
                ? List.of()
                : recurse ? jars.listAll(packageName) : jars.list(packageName);
        if (!hasFolders) {
            return found;
        }
        var all = new ArrayList<JavaFileObject>();
        super.list(location, packageName, kinds, recurse).forEach(all::add);
        all.addAll(found);
        return all;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof ClassInJar inJar ? inJar.binaryName() : super.inferBinaryName(location, file);
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.ANNOTATION_PROCESSOR_PATH
                || location == StandardLocation.CLASS_PATH
                || super.hasLocation(location);
    }

    @Override
    public ClassLoader getClassLoader(Location location) {
        boolean plugIns = location == StandardLocation.ANNOTATION_PROCESSOR_PATH;
        return (plugIns && !super.hasLocation(location))
                ? ClassLoader.getPlatformClassLoader()
                : super.getClassLoader(location);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        return (a instanceof ClassInJar || b instanceof ClassInJar)
                ? a.toUri().equals(b.toUri())
                : fileManager.isSameFile(a, b);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(Iterable<? extends File> files) {
        return fileManager.getJavaFileObjectsFromFiles(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
        return fileManager.getJavaFileObjects(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
        return fileManager.getJavaFileObjectsFromStrings(names);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
        return fileManager.getJavaFileObjects(names);
    }

    @Override
    public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
        fileManager.setLocation(location, files);
    }

    @Override
    public void setLocationFromPaths(Location location, Collection<? extends Path> paths) throws IOException {
        fileManager.setLocationFromPaths(location, paths);
    }

    @Override
    public Iterable<? extends File> getLocation(Location location) {
        return location == StandardLocation.CLASS_PATH && !classPath.isEmpty()
                ? classPath.stream().map(Path::toFile).toList()
                : fileManager.getLocation(location);
    }

    @Override
    public Iterable<? extends Path> getLocationAsPaths(Location location) {
        return location == StandardLocation.CLASS_PATH && !classPath.isEmpty()
                ? classPath
                : fileManager.getLocationAsPaths(location);
    }

    @Override
    public Path asPath(FileObject file) {
        return fileManager.asPath(file);
    }
}
