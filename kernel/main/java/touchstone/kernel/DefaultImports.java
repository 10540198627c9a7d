package touchstone.kernel;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell need not import: the kernel's functions, IJava's packages and those that JShell itself imports. Each is
 * imported when a cell first names one of its types or functions, for every import makes the start and all later cells
 * slower.
 */
final class DefaultImports {
    /** Packages whose types completion offers. */
    static final List<String> COMMON = List.of(
            "java.io", "java.nio.file", "java.util", "java.util.concurrent", "java.util.function", "java.util.stream");
    /** Packages whose types can be named too, but which would clutter completion. */
    static final List<String> RARE = List.of("java.math", "java.net", "java.util.prefs", "java.util.regex");
    /** The classes of this package that are for cells. */
    private static final Set<String> OWN = Set.of("Captured", "Grade", "Progress", "TimeitResult");

    private static final String FUNCTIONS = "static " + UserFunctions.class.getName();
    private static final String KERNEL = DefaultImports.class.getPackageName();
    private static final Pattern NAME = Pattern.compile("(?<![\\w.$])[A-Za-z]\\w*");

    private final Set<String> functions = new HashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>(List.of(FUNCTIONS, KERNEL));
    private final Set<String> known = new HashSet<>();

    DefaultImports() {
        waiting.addAll(COMMON);
        waiting.addAll(RARE);
        for (Method each : UserFunctions.class.getDeclaredMethods()) {
            if (Modifier.isPublic(each.getModifiers())) {
                functions.add(each.getName());
            }
        }
    }

    /** The import statements that this code is the first to need; each is given once. */
    synchronized String neededBy(String code) {
        var found = new LinkedHashSet<String>();
        Matcher matcher = NAME.matcher(code);
        while (!waiting.isEmpty() && matcher.find()) {
            String name = matcher.group();
            if (known.add(name)) {
                waiting.stream().filter(from -> holds(from, name)).forEach(found::add);
            }
        }
        return take(found);
    }

    /** The import statements for all that completion offers, as far as they are not made yet. */
    synchronized String common() {
        var all = new ArrayList<>(COMMON);
        all.add(FUNCTIONS);
        all.retainAll(waiting);
        return take(all);
    }

    private String take(Collection<String> from) {
        waiting.removeAll(from);
        var imports = new StringBuilder();
        from.forEach(each -> imports.append("import ").append(each).append(".*;\n"));
        return imports.toString();
    }

    private boolean holds(String from, String name) {
        if (from.equals(FUNCTIONS)) {
            return functions.contains(name);
        }
        if (from.equals(KERNEL)) {
            return OWN.contains(name);
        }
        if (!Character.isUpperCase(name.charAt(0))) {
            return false;
        }
        try {
            Class<?> type = Class.forName(from + "." + name, false, ClassLoader.getPlatformClassLoader());
            return Modifier.isPublic(type.getModifiers());
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
