package touchstone.kernel.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The compiler's view of jars. For every snippet the compiler is started three times, and each time it searches the class
 * path for plug-ins and lists the packages of all jars; here it finds no plug-ins at once, and listings are remembered
 * as long as the class path stays and holds jars alone.
 */
final class CompilerFiles extends ForwardingJavaFileManager<StandardJavaFileManager>
        implements StandardJavaFileManager {
    private record Listing(String packageName, Set<JavaFileObject.Kind> kinds) {}

    private final Map<Listing, List<JavaFileObject>> listings = new ConcurrentHashMap<>();
    private volatile boolean jarsAlone;

    CompilerFiles(StandardJavaFileManager manager) {
        super(manager);
    }

    @Override
    public boolean handleOption(String current, Iterator<String> remaining) {
        boolean classPath = Set.of("-classpath", "-cp", "--class-path").contains(current);
        if (!classPath || !remaining.hasNext()) {
            return super.handleOption(current, remaining);
        }
        String path = remaining.next();
        listings.clear();
        jarsAlone = Arrays.stream(path.split(File.pathSeparator, -1))
                .noneMatch(entry -> entry.isEmpty() || Files.isDirectory(Path.of(entry)));
        return super.handleOption(current, List.of(path).iterator());
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        if (location != StandardLocation.CLASS_PATH || recurse || !jarsAlone) {
            return super.list(location, packageName, kinds, recurse);
        }
        var key = new Listing(packageName, Set.copyOf(kinds));
        List<JavaFileObject> known = listings.get(key);
        if (known == null) {
            var found = new java.util.ArrayList<JavaFileObject>();
            super.list(location, packageName, kinds, false).forEach(found::add);
            known = List.copyOf(found);
            listings.put(key, known);
        }
        return known;
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.ANNOTATION_PROCESSOR_PATH || super.hasLocation(location);
    }

    @Override
    public ClassLoader getClassLoader(Location location) {
        boolean plugIns = location == StandardLocation.ANNOTATION_PROCESSOR_PATH;
        return plugIns && !super.hasLocation(location)
                ? ClassLoader.getPlatformClassLoader()
                : super.getClassLoader(location);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        return fileManager.isSameFile(a, b);
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
        return fileManager.getLocation(location);
    }

    @Override
    public Iterable<? extends Path> getLocationAsPaths(Location location) {
        return fileManager.getLocationAsPaths(location);
    }

    @Override
    public Path asPath(FileObject file) {
        return fileManager.asPath(file);
    }
}
