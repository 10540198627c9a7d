package touchstone.kernel.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars from a repository of small files, with a settings.xml of its own; nothing leaves the machine. */
class Nd4jCudaJarsTest {
    private static final long MIB = 1 << 20;
    private static final CudaReport FIT = new CudaReport(
            "libcuda.so.1", "12.4", "", List.of(new CudaReport.Card(0, "T4", 7, 5, 1, 1)), List.of(), List.of());

    @TempDir
    Path folder = Path.of("");

    private Path remote = Path.of("");
    private Path local = Path.of("");

    /** What a watcher was told. */
    private static class Told implements FetchWatcher {
        final List<String> sentences = new ArrayList<>();
        long announced;
        long arrived;
        boolean closed;

        @Override
        public void begins(String sentence, long mib) {
            sentences.add(sentence);
            announced = mib;
        }

        @Override
        public synchronized void arrived(long mib) {
            arrived += mib;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void publish() throws Exception {
        remote = folder.resolve("remote");
        local = folder.resolve("local");
        for (String part : Nd4jCudaJars.BYTES.keySet()) {
            Path jar = file(part);
            Files.createDirectories(jar.getParent());
            try (OutputStream out = Files.newOutputStream(jar);
                    var zip = new JarOutputStream(out)) {
                zip.putNextEntry(new JarEntry(part.contains("redist") ? "libcublas.so.11" : "A.class"));
                byte[] bytes = new byte[part.contains("redist") ? (int) (5 * MIB) : 100];
                new Random(1).nextBytes(bytes);
                zip.write(bytes);
            }
            sign(jar);
        }
    }

    private Path file(String part) {
        Artifact artifact = new DefaultArtifact(part);
        String classifier = artifact.getClassifier().isEmpty() ? "" : "-" + artifact.getClassifier();
        return remote.resolve(artifact.getGroupId().replace('.', '/'))
                .resolve(artifact.getArtifactId())
                .resolve(artifact.getVersion())
                .resolve(artifact.getArtifactId() + "-" + artifact.getVersion() + classifier + ".jar");
    }

    private static void sign(Path jar) throws IOException, NoSuchAlgorithmException {
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(jar));
        Files.writeString(
                jar.resolveSibling(jar.getFileName() + ".sha1"), HexFormat.of().formatHex(sha1));
    }

    /** With so many free bytes, from this address. */
    private Nd4jCudaJars jars(long free, String address) throws IOException {
        Path settings = folder.resolve("settings.xml");
        Files.writeString(
                settings,
                "<settings><localRepository>" + local + "</localRepository><mirrors><mirror><id>files</id>"
                        + "<mirrorOf>*</mirrorOf><url>" + address + "</url></mirror></mirrors></settings>");
        var room = new DiskRoom(folder.resolve("cache"), true) {
            @Override
            long free(Path path) {
                return free;
            }
        };
        return new Nd4jCudaJars(
                ContextOverrides.create().withUserSettings(true).withUserSettingsXmlOverride(settings), room);
    }

    private Nd4jCudaJars jars() throws IOException {
        return jars(Long.MAX_VALUE, remote.toUri().toString());
    }

    @Test
    void theSizeIsToldFirstThenJarsArriveOnce() throws IOException {
        assertEquals(List.of(), jars().cached());
        var told = new Told();
        List<Path> fetched = jars().fetch(told);
        assertEquals(7, fetched.size());
        assertTrue(fetched.stream().allMatch(jar -> jar.startsWith(local) && Files.isRegularFile(jar)));
        assertEquals(
                List.of("fetching 2323 MiB of ND4J's CUDA jars, once, into " + local
                        + "; their first use unpacks up to 3871 MiB into " + folder.resolve("cache")),
                told.sentences);
        assertEquals(2323, told.announced);
        assertEquals(5, told.arrived, "the redist jar holds 5 MiB that do not compress");
        assertTrue(told.closed);

        var again = new Told();
        assertEquals(fetched, jars(Long.MAX_VALUE, "file:///nowhere").fetch(again));
        assertEquals(List.of(), again.sentences, "not asked for again");
        assertEquals(fetched, jars().cached());
    }

    @Test
    void whatIsMissingAloneIsFetched() throws IOException {
        jars().fetch(new Told());
        Path preset = local.resolve("org/nd4j/nd4j-cuda-11.6/1.0.0-M2.1/nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64.jar");
        Files.delete(preset);
        assertEquals(List.of(), jars().cached());
        var told = new Told();
        assertEquals(7, jars().fetch(told).size());
        assertEquals(572, told.announced); // 600,670,741 bytes
    }

    @Test
    void withoutANetworkTheSentenceSaysSo() throws IOException {
        var told = new Told();
        Nd4jCuda backend =
                new Nd4jCuda(folder.resolve("none"), () -> FIT, jars(Long.MAX_VALUE, "http://127.0.0.1:1/repository"));
        String message = assertThrows(BackendException.class, () -> backend.provide(told))
                .getMessage();
        assertTrue(
                message.startsWith("TOUCHSTONE_BACKEND=nd4j-cuda cannot run here: ND4J's CUDA jars are not in " + local
                        + " and cannot be fetched ("),
                message);
        assertTrue(message.endsWith("): try again with a network, or use TOUCHSTONE_BACKEND=cpu"), message);
        assertFalse(message.contains("\n"), message);
        assertTrue(told.closed);
    }

    @Test
    void aDiskThatIsTooSmallIsRefusedBeforeAnythingIsFetched() throws IOException {
        var told = new Told();
        BackendException refused = assertThrows(
                BackendException.class,
                () -> jars(1000 * MIB, remote.toUri().toString()).fetch(told));
        assertEquals(
                "ND4J's CUDA jars and what they unpack need 6194 MiB more in " + local
                        + ", whose disk has 1000 MiB free: make room",
                refused.getMessage());
        assertEquals(List.of(), told.sentences);
        assertFalse(Files.exists(local.resolve("org/nd4j")));
    }

    @Test
    void cachedJarsNeedRoomForWhatTheyUnpack() throws IOException {
        List<Path> fetched = jars().fetch(new Told());
        Nd4jCudaJars tight = jars(4 * MIB, remote.toUri().toString());
        String message = assertThrows(BackendException.class, () -> tight.fetch(new Told()))
                .getMessage();
        assertTrue(message.contains("need 5 MiB more in " + folder.resolve("cache")), message);
        Files.createDirectories(folder.resolve("cache/cuda-11.6-8.3-1.5.7-linux-x86_64-redist.jar"));
        assertEquals(fetched, tight.fetch(new Told()), "already unpacked");
    }

    @Test
    void aJarThatIsNotWhatItsChecksumSaysIsRefused() throws IOException {
        Path jar = file("org.bytedeco:cuda:jar:linux-x86_64-redist:11.6-8.3-1.5.7");
        Files.writeString(jar.resolveSibling(jar.getFileName() + ".sha1"), "0".repeat(40));
        String message = assertThrows(BackendException.class, () -> jars().fetch(new Told()))
                .getMessage();
        assertTrue(message.contains("hecksum"), message);
        assertEquals(List.of(), jars().cached());
    }

    @Test
    void anInterruptStopsIt() throws IOException {
        Thread waiting = Thread.currentThread();
        var told = new Told() {
            @Override
            public synchronized void arrived(long mib) {
                waiting.interrupt();
            }
        };
        String message =
                assertThrows(BackendException.class, () -> jars().fetch(told)).getMessage();
        assertTrue(Thread.interrupted());
        assertTrue(message.contains("interrupted"), message);
        assertEquals(7, jars().fetch(new Told()).size(), "the next time goes on");
    }

    @Test
    void jarsInTheDistributionAreTaken() throws IOException {
        Path jar =
                Files.createFile(Files.createDirectory(folder.resolve("cuda")).resolve("nd4j-cuda.jar"));
        Nd4jCuda backend = new Nd4jCuda(jar.getParent(), () -> FIT, jars(0, "file:///nowhere"));
        assertEquals(List.of(jar), backend.provide(new Told()));
        assertEquals(List.of(jar), backend.present());
        assertEquals("its jars are in " + jar.getParent(), backend.jarsLine());
        Nd4jCuda other = new Nd4jCuda(folder.resolve("none"), () -> FIT, jars(0, "file:///nowhere"));
        assertEquals("2323 MiB of jars are fetched on first use", other.jarsLine());
    }
}
