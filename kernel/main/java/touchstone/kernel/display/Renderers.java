package touchstone.kernel.display;

import com.google.gson.JsonElement;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who shows what: renderers by type. The renderer of the nearest supertype wins (the class itself, then its
 * interfaces, then the superclass, breadth first). Every bundle it returns holds {@code text/plain}. Thread-safe.
 */
public final class Renderers {
    private final Map<Class<?>, Renderer<?>> byType = new ConcurrentHashMap<>();
    private final Consumer<Class<?>> beforeForeignType;

    public Renderers() {
        this(type -> {});
    }

    /** @param beforeForeignType called with the type of each value that is not the JDK's, before a renderer is sought */
    public Renderers(Consumer<Class<?>> beforeForeignType) {
        this.beforeForeignType = beforeForeignType;
    }

    /** Sets the renderer of a type and its subtypes; the last one registered for a type wins. */
    public <T> void register(Class<T> type, Renderer<? super T> renderer) {
        byType.put(type, renderer);
    }

    /** All formats of a value; {@code text/plain} is always among them. */
    public MimeBundle render(@Nullable Object value) {
        if (value == null) {
            return MimeBundle.text("null");
        }
        if (value instanceof MimeBundle bundle) {
            return withText(bundle, value);
        }
        if (!isOfTheJdk(value.getClass())) {
            beforeForeignType.accept(value.getClass());
        }
        var bundle = new MimeBundle();
        Renderer<Object> renderer = find(value.getClass());
        if (renderer != null || isPicture(value)) {
            try {
                if (renderer != null) {
                    renderer.render(value, bundle);
                } else {
                    Images.render((java.awt.image.RenderedImage) value, bundle);
                }
            } catch (Exception | LinkageError e) {
                bundle = MimeBundle.text(describe(value) + "\n(its renderer failed: " + e + ")");
            }
        }
        return withText(bundle, value);
    }

    /**
     * A value in chosen formats only, plus {@code text/plain}. A {@code String} is taken to be written in the format
     * asked for; another value keeps those of its formats that were asked for.
     */
    public MimeBundle render(@Nullable Object value, String... as) {
        if (as.length == 0) {
            return render(value);
        }
        if (value instanceof CharSequence text) {
            var bundle = new MimeBundle();
            Arrays.stream(as).forEach(mime -> bundle.put(mime, text.toString()));
            return withText(bundle, text);
        }
        MimeBundle all = render(value);
        var bundle = new MimeBundle();
        for (String mime : as) {
            JsonElement data = all.data().get(mime);
            if (data != null) {
                bundle.put(mime, data);
                if (all.metadata().has(mime)) {
                    bundle.putMetadata(mime, all.metadata().getAsJsonObject(mime));
                }
            }
        }
        return bundle.has(MimeBundle.TEXT)
                ? bundle
                : bundle.put(MimeBundle.TEXT, all.data().get(MimeBundle.TEXT));
    }

    private static MimeBundle withText(MimeBundle bundle, Object value) {
        return bundle.has(MimeBundle.TEXT) ? bundle : bundle.put(MimeBundle.TEXT, describe(value));
    }

    private static String describe(Object value) {
        try {
            return Texts.of(value);
        } catch (RuntimeException | StackOverflowError e) {
            return value.getClass().getName() + " (its toString failed: " + e + ")";
        }
    }

    /** Whether a value is an image of the JDK; asked by name, so that a kernel without images does not load java.desktop. */
    private static boolean isPicture(Object value) {
        return value.getClass().getName().startsWith("java.awt.image.")
                && value instanceof java.awt.image.RenderedImage;
    }

    private static boolean isOfTheJdk(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        ClassLoader loader = element.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    @SuppressWarnings("unchecked")
    private @Nullable Renderer<Object> find(Class<?> type) {
        var queue = new ArrayDeque<Class<?>>();
        Set<Class<?>> seen = new LinkedHashSet<>();
        queue.add(type);
        while (!queue.isEmpty()) {
            Class<?> next = queue.remove();
            if (!seen.add(next)) {
                continue;
            }
            Renderer<?> renderer = byType.get(next);
            if (renderer != null) {
                return (Renderer<Object>) renderer;
            }
            queue.addAll(Arrays.asList(next.getInterfaces()));
            if (next.getSuperclass() != null && next.getSuperclass() != Object.class) {
                queue.add(next.getSuperclass());
            }
        }
        return (Renderer<Object>) byType.get(Object.class);
    }
}
