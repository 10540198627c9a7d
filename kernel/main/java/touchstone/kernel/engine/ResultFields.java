package touchstone.kernel.engine;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * JShell keeps the value of every expression in a variable {@code $n} for ever. Here only the last 30 keep theirs:
 * older ones become null, so that a long session does not fill the memory.
 */
final class ResultFields {
    private static final int KEPT = 30;

    private final ClassLoader loader;
    private final Deque<Field> fields = new ArrayDeque<>();

    ResultFields(ClassLoader loader) {
        this.loader = loader;
    }

    void remember(String wrapper, String name) {
        Field field = field(wrapper, name);
        if (field == null || field.getType().isPrimitive()) {
            return;
        }
        fields.addLast(field);
        if (fields.size() > KEPT) {
            set(fields.removeFirst());
        }
    }

    /** A variable declared anew without a value begins as the language says: null, 0 or false. */
    void reset(String wrapper, String name) {
        Field field = field(wrapper, name);
        if (field != null) {
            set(field);
        }
    }

    private @Nullable Field field(String wrapper, String name) {
        try {
            return SnippetLoader.field(loader.loadClass(wrapper), name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static void set(Field field) {
        try {
            Class<?> type = field.getType();
            Object zero = type.isPrimitive()
                    ? java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0)
                    : null;
            field.set(null, zero);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a snippet's own field cannot be set", e);
        }
    }
}
