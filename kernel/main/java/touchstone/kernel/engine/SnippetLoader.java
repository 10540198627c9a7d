package touchstone.kernel.engine;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the classes that JShell compiles, instrumented, and the jars that magics add. When JShell replaces a class by
 * a new variant ({@code $JShell$7} by {@code $JShell$7B}), the values of its variables are carried over.
 */
final class SnippetLoader extends URLClassLoader {
    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$(\\d+)[A-Z]*");

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> bytecode = new ConcurrentHashMap<>();
    private final Map<String, Class<?>> latestByNumber = new ConcurrentHashMap<>();
    private final Map<String, Field> variables = new ConcurrentHashMap<>();
    private final List<String> lostVariables = new ArrayList<>();

    SnippetLoader(ClassLoader parent) {
        super("touchstone-snippets", new URL[0], parent);
    }

    /** Takes a class; it is defined when first needed. Original bytes in, instrumented bytes kept. */
    void declare(String name, byte[] original) {
        bytecode.put(name, Instrumenter.instrument(original));
    }

    /** Called when all classes of one step are declared: carries variables over to a class that replaces another. */
    void settle(String name) throws ClassNotFoundException {
        Class<?> type = loadClass(name);
        Matcher wrapper = WRAPPER.matcher(name);
        if (wrapper.matches()) {
            Class<?> before = latestByNumber.put(wrapper.group(1), type);
            if (before != null && before != type) {
                carryOver(before, type);
            }
            for (Field each : type.getDeclaredFields()) {
                if (Modifier.isStatic(each.getModifiers()) && !each.isSynthetic()) {
                    each.setAccessible(true);
                    variables.put(each.getName(), each);
                }
            }
        }
    }

    /** The names of variables whose values could not be carried over since the last call. */
    List<String> takeLostVariables() {
        List<String> lost = List.copyOf(lostVariables);
        lostVariables.clear();
        return lost;
    }

    /** The value of a variable; null where there is none, or it is null. */
    @Nullable
    Object value(String variable) {
        Field field = variables.get(variable);
        try {
            return field == null ? null : field.get(null);
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    private static @Nullable Field field(Class<?> wrapper, String variable) {
        try {
            Field field = wrapper.getDeclaredField(variable);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    /** A variable declared anew without a value begins as the language says: null, 0 or false. */
    void reset(String variable) {
        Field field = variables.get(variable);
        try {
            if (field != null) {
                Object zeros = Array.newInstance(field.getType(), 1);
                field.set(null, Array.get(zeros, 0));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("variable " + variable + " cannot be set", e);
        }
    }

    void add(URL url) {
        addURL(url);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = bytecode.remove(name);
        if (bytes == null) {
            return super.findClass(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private void carryOver(Class<?> before, Class<?> after) {
        for (Field old : before.getDeclaredFields()) {
            if (!Modifier.isStatic(old.getModifiers()) || old.isSynthetic()) {
                continue;
            }
            Field now = field(after, old.getName());
            if (now == null || Modifier.isFinal(now.getModifiers())) {
                continue;
            }
            try {
                old.setAccessible(true);
                Object value = old.get(null);
                if (now.getType() == old.getType()
                        || value == null
                        || now.getType().isInstance(value)) {
                    if (value != null || !now.getType().isPrimitive()) {
                        now.set(null, value);
                    }
                } else {
                    lostVariables.add(old.getName());
                }
            } catch (IllegalAccessException | IllegalArgumentException e) {
                lostVariables.add(old.getName());
            }
        }
    }
}
