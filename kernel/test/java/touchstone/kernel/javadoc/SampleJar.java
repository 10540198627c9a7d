package touchstone.kernel.javadoc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A small library for tests of inspection: a jar, and a jar of its sources. */
public final class SampleJar {
    private static final String SHAPE =
            """
            package sample;

            import java.util.List;

            /**
             * A shape in the plane.
             *
             * <p>Sizes are in <b>metres</b>; see {@link List#of(Object)} &amp; others.
             */
            public interface Shape<T> {
                /** The unit, {@code "m"}; braces { in comments do not count. */
                String UNIT = "m{";

                /**
                 * Scales the shape.
                 *
                 * @param by a factor, > 0
                 * @return a new shape
                 * @throws IllegalArgumentException if {@code by <= 0}
                 */
                Shape<T> scaled(double by);

                /** Puts something inside; see {@link #scaled(double) scaling}. */
                default void put(T item) {
                    String brace = "}" + '}';
                }

                /** A kind of shape. */
                enum Kind {
                    /** Four equal sides. */
                    SQUARE { @Override public String toString() { return "sq"; } },
                    /** All round. */
                    CIRCLE;
                }
            }
            """;
    private static final String BOX =
            """
            package sample;

            public class Box implements Shape<String> {
                private final int[] sides = {1, 2};

                /** Makes an empty box. */
                public Box() {}

                /**
                 * Makes a box.
                 *
                 * @param side its side
                 */
                public Box(int side) {}

                /**
                 * Scales the box. {@inheritDoc}
                 *
                 * @param by {@inheritDoc}, at most 10
                 */
                @Override
                public Box scaled(double by) { return this; }

                @Override
                public void put(String item) {}

                /**
                 * Counts. Example:
                 * <pre>{@code
                 *     for (int i = 0; i < n; i++) {}
                 *     done
                 * }</pre>
                 * <ol>
                 * <li>first
                 * <li>second, <i>last</i>
                 * </ol>
                 *
                 * @param many how many
                 */
                public static void count(int many) {}

                /** Counts texts. */
                public static void count(String... many) {}

                /**
                 * A pair.
                 *
                 * @param left the left part
                 * @param right the right part
                 */
                public record Pair(int left, String right) {}
            }
            """;

    private SampleJar() {}

    /**
     * Writes {@code sample.jar} and its sources.
     *
     * @param sources where {@code sample-sources.jar} is to lie
     * @return the jar of classes
     */
    public static Path write(Path folder, Path sources) throws IOException {
        Path from = Files.createDirectories(folder.resolve("from/sample"));
        Files.writeString(from.resolve("Shape.java"), SHAPE);
        Files.writeString(from.resolve("Box.java"), BOX);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        from.resolve("Shape.java").toString(),
                        from.resolve("Box.java").toString());
        if (compiled != 0) {
            throw new IllegalStateException("the sample does not compile");
        }
        Files.createDirectories(sources);
        zip(folder.resolve("from"), sources.resolve("sample-sources.jar"));
        Path jar = Files.createDirectories(folder.resolve("lib")).resolve("sample.jar");
        zip(classes, jar);
        return jar;
    }

    private static void zip(Path folder, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                var zip = new JarOutputStream(out, new java.util.jar.Manifest())) {
            for (Path file : files) {
                zip.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
                zip.write(Files.readString(file, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }
}
