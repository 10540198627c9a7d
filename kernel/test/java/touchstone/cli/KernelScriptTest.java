package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.cli.Scratch.Ended;

/** The script that starts a kernel: which Java, which class path, which options. */
class KernelScriptTest {
    @TempDir
    Path temp = Path.of("");

    private Path dist = Path.of("");
    private Path tools = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        dist = Scratch.distribution(temp.toRealPath().resolve("a distribution"));
        tools = Scratch.tools(temp.resolve("tools"));
    }

    private Ended kernel(Map<String, String> env, String... args) throws Exception {
        var all = new TreeMap<>(Map.of("PATH", tools.toString(), "TOUCHSTONE_JDK_DIRS", ""));
        all.putAll(env);
        var command = new String[args.length + 1];
        command[0] = dist.resolve("bin/touchstone-kernel").toString();
        System.arraycopy(args, 0, command, 1, args.length);
        return Scratch.run(temp, all, command);
    }

    private Map<String, String> jdk(String version) throws IOException {
        return Map.of(
                "TOUCHSTONE_JAVA_HOME",
                Scratch.jdk(temp.resolve("jdk " + version), version).toString());
    }

    private static String library(Ended ended) {
        String option = "-Dtouchstone.library=";
        return ended.lines().stream()
                .filter(line -> line.startsWith(option))
                .map(line -> line.substring(option.length()))
                .findFirst()
                .orElseThrow();
    }

    private static String classPath(Ended ended) {
        return ended.lines().get(ended.lines().indexOf("-cp") + 1);
    }

    @Test
    void startsTheKernelWithItsOwnJarFirst() throws Exception {
        Ended ended = kernel(jdk("17.0.9"), "my connection.json");
        assertEquals(0, ended.exitCode());
        assertEquals("", ended.err());
        assertTrue(
                classPath(ended).startsWith(dist + "/lib/kernel/touchstone-kernel-1.jar:" + dist + "/lib/kernel/asm"));
        assertEquals(1, classPath(ended).split("touchstone-kernel-1", -1).length - 1);
        assertFalse(classPath(ended).contains("/library/"), "the library is not opened at the start");
        assertTrue(library(ended).contains(dist + "/lib/library/nd4j-native-1.jar"));
        List<String> lines = ended.lines();
        int main = lines.indexOf("touchstone.kernel.Main");
        assertEquals("my connection.json", lines.get(main + 1));
        assertTrue(lines.contains("-javaagent:" + dist + "/lib/kernel/touchstone-kernel-1.jar"));
        assertFalse(
                lines.contains("--enable-native-access=ALL-UNNAMED"), "17 does not know the option for all modules");
    }

    @Test
    void tellsNewerJdksThatNativeCodeIsMeant() throws Exception {
        List<String> lines = kernel(jdk("25.0.3"), "c.json").lines();
        assertTrue(lines.contains("--enable-native-access=ALL-UNNAMED"));
        assertTrue(lines.contains("--sun-misc-unsafe-memory-access=allow"));
        assertTrue(lines.contains("-XX:+EnableDynamicAgentLoading"));
    }

    @Test
    void usersOptionsComeLastAndAreSplitAtSpaces() throws Exception {
        var env = new TreeMap<>(jdk("17"));
        env.put("TOUCHSTONE_JAVA_OPTS", "-Xmx1g -Dpattern=*");
        List<String> lines = kernel(env, "c.json").lines();
        assertTrue(lines.indexOf("-Xmx1g") > lines.indexOf("-XX:+UseSerialGC"));
        assertTrue(lines.contains("-Dpattern=*"), "a star is not a file pattern here");
    }

    @Test
    void setsThreadsOnlyWhenTheUserDidNot() throws Exception {
        assertTrue(kernel(jdk("17"), "c").out().contains("threads 1 2 "));
        var env = new TreeMap<>(jdk("21"));
        env.put("OMP_NUM_THREADS", "4");
        assertTrue(kernel(env, "c").out().contains("threads 4 2 "));
    }

    @Test
    void usesTheArchiveOfThisJdkOnly() throws Exception {
        Files.writeString(dist.resolve("lib/kernel-17.0.9.jsa"), "");
        assertTrue(kernel(jdk("17.0.9"), "c")
                .lines()
                .contains("-XX:SharedArchiveFile=" + dist.resolve("lib/kernel-17.0.9.jsa")));
        assertFalse(kernel(jdk("21.0.1"), "c").out().contains("SharedArchiveFile"));
    }

    @Test
    void theLibrarysCudaBackendChangesNothing() throws Exception {
        String cpu = library(kernel(jdk("17"), "c.json"));
        for (String same : List.of("cpu", "cuda", "")) {
            var env = new TreeMap<>(jdk("17"));
            env.put("TOUCHSTONE_BACKEND", same);
            Ended ended = kernel(env, "c.json");
            assertEquals(0, ended.exitCode());
            assertEquals("", ended.err());
            assertEquals(cpu, library(ended));
        }
    }

    @Test
    void nd4jsCudaBackendLeavesOutNd4jsForTheProcessor() throws Exception {
        var env = new TreeMap<>(jdk("17"));
        env.put("TOUCHSTONE_BACKEND", "nd4j-cuda");
        Ended ended = kernel(env, "c.json");
        assertEquals("", ended.err());
        assertFalse(library(ended).contains("/nd4j-native-1.jar"));
        assertFalse(library(ended).contains("/nd4j-native-preset-1.jar"));
        assertTrue(library(ended).contains("/nd4j-native-api-1.jar"), "both backends need it");
        assertEquals("c.json", ended.lines().get(ended.lines().indexOf("touchstone.kernel.Main") + 1));
    }

    @Test
    void refusesAnUnknownBackend() throws Exception {
        var env = new TreeMap<>(jdk("17"));
        env.put("TOUCHSTONE_BACKEND", "tpu");
        Ended ended = kernel(env, "c.json");
        assertEquals(4, ended.exitCode());
        assertEquals("touchstone-kernel: TOUCHSTONE_BACKEND must be cpu, cuda or nd4j-cuda, was tpu\n", ended.err());
    }

    @Test
    void saysHowItIsCalled() throws Exception {
        Ended ended = kernel(jdk("17"));
        assertEquals(2, ended.exitCode());
        assertEquals("touchstone-kernel: usage: touchstone-kernel CONNECTION_FILE\n", ended.err());
    }

    @Test
    void saysThatTheBuildIsIncomplete() throws Exception {
        Files.delete(dist.resolve("lib/kernel/touchstone-kernel-1.jar"));
        Ended ended = kernel(jdk("17"), "c.json");
        assertEquals(4, ended.exitCode());
        assertTrue(ended.err().contains("holds no touchstone-kernel jar; build again with ./mvnw -Dquick package"));
    }

    @Test
    void prefersItsOwnVariableThenJavaHomeThenPath() throws Exception {
        Path own = Scratch.jdk(temp.resolve("own"), "17");
        Path javaHome = Scratch.jdk(temp.resolve("java-home"), "17");
        Path onPath = Scratch.jdk(temp.resolve("on-path"), "17");
        Files.createSymbolicLink(temp.resolve("link"), Path.of("on-path/bin/java"));
        Files.createSymbolicLink(tools.resolve("java"), temp.resolve("link"));
        var env = new TreeMap<>(Map.of("TOUCHSTONE_JAVA_HOME", own.toString(), "JAVA_HOME", javaHome.toString()));
        assertTrue(kernel(env, "c").out().endsWith(" home " + own + "\n"));
        env.remove("TOUCHSTONE_JAVA_HOME");
        assertTrue(kernel(env, "c").out().endsWith(" home " + javaHome + "\n"));
        env.remove("JAVA_HOME");
        assertTrue(kernel(env, "c").out().endsWith(" home " + onPath + "\n"));
    }

    @Test
    void asksJavaForItsVersionWhenThereIsNoReleaseFile() throws Exception {
        Path jdk = temp.resolve("bare");
        Scratch.script(
                jdk.resolve("bin/java"),
                """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "21.0.2" 2024-01-16' >&2; else echo "$@"; fi
                """);
        Scratch.script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Scratch.script(jdk.resolve("bin/jshell"), "#!/bin/sh\n");
        Files.writeString(dist.resolve("lib/kernel-21.0.2.jsa"), "");
        Ended ended = kernel(Map.of("JAVA_HOME", jdk.toString()), "c.json");
        assertEquals(0, ended.exitCode());
        assertTrue(ended.out().contains("kernel-21.0.2.jsa"));
    }

    /** A garbage archive, then a real one, on the JDK of this test: both run, and print what the kernel prints. */
    @Test
    void aBadArchiveNeitherBreaksNorPrints() throws Exception {
        Files.delete(dist.resolve("lib/kernel/touchstone-kernel-1.jar"));
        writeTellingKernel(dist.resolve("lib/kernel/touchstone-kernel-1.jar"));
        for (String jarName : List.of(
                "kernel/asm-1.jar",
                "library/nd4j-api-1.jar",
                "library/nd4j-native-1.jar",
                "library/nd4j-native-api-1.jar",
                "library/nd4j-native-preset-1.jar",
                "library/touchstone-1.jar")) {
            Files.delete(dist.resolve("lib/" + jarName));
        }
        String version = System.getProperty("java.version");
        Map<String, String> real = Map.of("JAVA_HOME", System.getProperty("java.home"));
        Path archive = dist.resolve("lib/kernel-" + version + (Runtime.version().feature() >= 25 ? ".aot" : ".jsa"));
        Files.write(archive, new byte[100_000]);
        assertEquals(new Ended(0, "kernel c.json\n", ""), kernel(real, "c.json"));
        Files.writeString(archive, "not an archive");
        assertEquals(new Ended(0, "kernel c.json\n", ""), kernel(real, "c.json"));

        assertEquals(new Ended(0, "", ""), kernel(real, "--archive"));
        assertTrue(Files.size(archive) > 100_000, "a real archive took the place of the garbage");
        assertEquals(new Ended(0, "kernel c.json\n", ""), kernel(real, "c.json"));

        Path jar = dist.resolve("lib/kernel/touchstone-kernel-1.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        assertEquals(new Ended(0, "kernel c.json\n", ""), kernel(real, "c.json"), "an archive of other jars");
    }

    /** A jar whose kernel prints its first argument. */
    private void writeTellingKernel(Path file) throws IOException {
        Path java = temp.resolve("Main.java");
        Files.writeString(
                java,
                """
                package touchstone.kernel;
                public class Main {
                    public static void main(String[] args) {
                        System.out.println("kernel " + args[0]);
                    }
                    public static void premain(String arguments) {}
                }
                """);
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertEquals(0, compiler.run(null, null, null, "-d", temp.toString(), java.toString()));
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "touchstone.kernel.Main");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.putNextEntry(new JarEntry("touchstone/kernel/Main.class"));
            jar.write(Files.readAllBytes(temp.resolve("touchstone/kernel/Main.class")));
        }
    }
}
