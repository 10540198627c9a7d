package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.cli.Scratch.Ended;

/** What bundle refuses, which jars it takes, and that parts join to what was packed and are checked. */
class BundleCommandTest extends CliFixture {
    @ParameterizedTest
    @ValueSource(strings = {"60", "60x", "m", "-5m", "0m", "1000k", "1.5g", "60 m", "9999999999g"})
    void refusesAMisspeltSize(String size) {
        Ended ended = touchstone("bundle", "--part-size=" + size);
        assertEquals(2, ended.exitCode());
        assertEquals(
                "touchstone: --part-size must be a whole number with k, m or g and at least 1m, such as 60m, was "
                        + size + "\n",
                ended.err());
    }

    @Test
    void readsSizes() {
        assertEquals(60L * 1024 * 1024, BundleParts.size("60m"));
        assertEquals(2048L * 1024, BundleParts.size("2048K"));
        assertEquals(3L * 1024 * 1024 * 1024, BundleParts.size("3G"));
    }

    @Test
    void refusesAFolderThatExists() {
        Ended ended = touchstone("bundle", "--out", temp.toString());
        assertEquals(2, ended.exitCode());
        assertEquals("touchstone: " + temp + " exists; remove it or name another folder with --out\n", ended.err());
    }

    @Test
    void refusesARuntimeThatIsNoJdk() throws IOException {
        String out = temp.resolve("out").toString();
        Ended none = touchstone("bundle", "--out", out);
        assertEquals(4, none.exitCode());
        assertTrue(none.err().startsWith("touchstone: " + jdk + " has no jlink, so it is a runtime and no whole JDK;"));
        Scratch.script(jdk.resolve("bin/jlink"), "#!/bin/sh\necho 'Error: no module java.se' >&2; exit 1\n");
        if (Runtime.version().feature() < 24) {
            assertTrue(touchstone("bundle", "--out", out).err().contains(jdk + " has no folder jmods, from which"));
        }
        Files.createDirectories(jdk.resolve("jmods"));
        assertTrue(touchstone("bundle", "--out", out).err().contains("there is no folder notebooks above " + dist));
        Files.createDirectories(dist.resolveSibling("notebooks"));
        Ended failed = touchstone("bundle", "--out", out);
        assertEquals(4, failed.exitCode());
        assertTrue(failed.err().endsWith("jlink of " + jdk + " failed: Error: no module java.se\n"), failed.err());
        try (Stream<Path> left = Files.list(temp)) {
            assertFalse(left.anyMatch(path -> path.toString().contains("touchstone-bundle")), "nothing is left over");
        }
    }

    @Test
    void cudaJarsComeAlongWhereTheyAreAskedFor() throws IOException {
        linkEmptyRuntimes();
        Path jar = Files.createDirectories(dist.resolve("lib/cuda")).resolve("nd4j-cuda-11.6.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/LICENSE"));
        }
        Ended with = touchstone("bundle", "--gpu", "--out", temp.resolve("with").toString());
        assertEquals(0, with.exitCode(), with.err());
        Path copy = temp.resolve("with/distribution/lib/cuda/nd4j-cuda-11.6.jar");
        assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(copy));
        assertTrue(Files.readString(temp.resolve("with/NOTICES.txt"))
                .contains("cuda/nd4j-cuda-11.6.jar   META-INF/LICENSE"));
        Ended without = touchstone("bundle", "--out", temp.resolve("without").toString());
        assertEquals(0, without.exitCode(), without.err());
        assertFalse(Files.exists(temp.resolve("without/distribution/lib/cuda")));
    }

    private void linkEmptyRuntimes() throws IOException {
        Scratch.script(jdk.resolve("bin/jlink"), "#!/bin/sh\nfor word; do last=$word; done\nmkdir -p \"$last/bin\"\n");
        Files.createDirectories(jdk.resolve("jmods"));
        Files.createDirectories(dist.resolveSibling("notebooks"));
    }

    @Test
    void refusesADiskThatIsTooSmall() {
        BundleCommand.checkRoom(Path.of("/disk"), 500L << 20, 500L << 20);
        UserError error =
                assertThrows(UserError.class, () -> BundleCommand.checkRoom(Path.of("/disk"), 500L << 20, 499L << 20));
        assertEquals(
                "a bundle needs about 500 MiB, but the disk of /disk has 499 MiB free; make room or name a folder on"
                        + " another disk with --out",
                error.getMessage());
    }

    @Test
    void takesNativeJarsOfOnePlatform() {
        String here = "linux-x86_64";
        assertTrue(Bundle.isWanted("nd4j-native-1.0.0-M2.1-linux-x86_64.jar", here));
        assertFalse(Bundle.isWanted("nd4j-native-1.0.0-M2.1-macosx-arm64.jar", here));
        assertFalse(Bundle.isWanted("openblas-0.3.19-1.5.7-windows-x86_64.jar", here));
        assertTrue(Bundle.isWanted("nd4j-native-1.0.0-M2.1.jar", here));
        assertFalse(Bundle.isWanted("kernel-17.0.9.jsa", here), "made for another folder");
    }

    @Test
    void partsJoinToWhatWasPackedAndDamageIsSeen() throws Exception {
        var content = new byte[3_500_000]; // noise, so that four parts of 1 MiB are needed
        new Random(1).nextBytes(content);
        Path tree = Files.createDirectories(temp.resolve("work/touchstone"));
        Files.write(tree.resolve("noise"), content);
        Scratch.script(tree.resolve("touchstone"), "#!/bin/sh\n");
        Path parts = Files.createDirectories(temp.resolve("the parts"));
        Map<String, String> path = Map.of("PATH", "/usr/bin:/bin");
        new BundleParts(new Host(path, home, "Linux", jdk), 1 << 20).write(tree, parts);
        assertEquals(
                List.of(
                        "touchstone.tar.gz.001",
                        "touchstone.tar.gz.002",
                        "touchstone.tar.gz.003",
                        "touchstone.tar.gz.004"),
                Files.readAllLines(parts.resolve("SHA256SUMS")).stream()
                        .map(line -> line.substring(66))
                        .toList());

        String join = parts.resolve("join.sh").toString();
        Ended joined = Scratch.run(temp, path, "sh", join, "new");
        assertEquals(0, joined.exitCode(), joined.err());
        assertArrayEquals(content, Files.readAllBytes(temp.resolve("new/touchstone/noise")));
        assertTrue(Files.isExecutable(temp.resolve("new/touchstone/touchstone")));
        assertTrue(Scratch.run(temp, path, "sh", join, "new").err().contains("new/touchstone exists; remove it or"));

        Path second = parts.resolve("touchstone.tar.gz.002");
        byte[] bytes = Files.readAllBytes(second);
        bytes[1000] ^= 1;
        Files.write(second, bytes);
        Ended damaged = Scratch.run(temp, path, "sh", join, "other");
        assertEquals(4, damaged.exitCode());
        assertEquals(
                "join.sh: touchstone.tar.gz.002 is damaged (its SHA-256 is not the one in SHA256SUMS); fetch it again\n",
                damaged.err());
        Files.delete(second);
        assertTrue(Scratch.run(temp, path, "sh", join, "other").err().contains("002 is missing; fetch it again"));
    }
}
