package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.cli.Scratch.Ended;

/** The launcher at the root of a checkout, with a build and a JDK that only tell how they were called. */
class LauncherTest {
    /** Counts its calls in builds.txt, then lays out a distribution as the real build does. */
    private static final String BUILD =
            """
            #!/bin/sh
            echo "$JAVA_HOME $*" >>builds.txt
            echo "a line of the build"
            sleep 0.3
            mkdir -p target/touchstone/lib/kernel
            cp -R kernel/main/dist/. target/touchstone
            touch target/touchstone/lib/kernel/touchstone-kernel-1.jar
            echo 1 >target/touchstone/VERSION
            """;

    @TempDir
    Path temp = Path.of("");

    private Path root = Path.of("");
    private final Map<String, String> env = new TreeMap<>();

    @BeforeEach
    void layOut() throws IOException {
        root = temp.toRealPath().resolve("a checkout");
        Scratch.copy(Scratch.root().resolve("kernel/main/dist"), root.resolve("kernel/main/dist"));
        Files.createDirectories(root.resolve("src/main"));
        for (String pom : List.of("pom.xml", "kernel/pom.xml", "src/pom.xml")) {
            Files.writeString(root.resolve(pom), "");
        }
        Files.copy(Scratch.root().resolve("touchstone"), root.resolve("touchstone"));
        assertTrue(root.resolve("touchstone").toFile().setExecutable(true));
        Scratch.script(root.resolve("mvnw"), BUILD);
        env.put("PATH", Scratch.tools(temp.resolve("tools")).toString());
        env.put("HOME", Files.createDirectories(temp.resolve("home")).toString());
        env.put("TOUCHSTONE_JDK_DIRS", temp.resolve("jdks").toString());
        env.put("JAVA_HOME", Scratch.jdk(temp.resolve("a jdk"), "17.0.9").toString());
    }

    private Ended launch(String... args) throws Exception {
        return launch(root.resolve("touchstone"), args);
    }

    private Ended launch(Path launcher, String... args) throws Exception {
        return Scratch.run(
                temp,
                env,
                Stream.concat(Stream.of(launcher.toString()), Stream.of(args)).toArray(String[]::new));
    }

    private List<String> builds() throws IOException {
        Path file = root.resolve("builds.txt");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    static Stream<List<String>> shells() {
        return Stream.of(
                        List.of("/bin/sh"),
                        List.of("/bin/dash"),
                        List.of("/bin/bash", "--posix"),
                        List.of("/bin/busybox", "sh"))
                .filter(shell -> Files.isExecutable(Path.of(shell.get(0))));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void buildsOnFirstUseAndPassesTheArgumentsOn(List<String> shell) throws Exception {
        String[] command = Stream.of(shell, List.of(root + "/touchstone", "run", "my notebook.ipynb", "-p", "a=*"))
                .flatMap(List::stream)
                .toArray(String[]::new);
        Ended first = Scratch.run(temp, env, command);
        assertEquals(0, first.exitCode(), first.err());
        assertTrue(first.err().startsWith("touchstone: first use: building; this takes a minute or two"));
        assertEquals(1, first.err().lines().count());
        List<String> lines = first.lines();
        assertEquals(
                List.of("run", "my notebook.ipynb", "-p", "a=*"),
                lines.subList(lines.indexOf("touchstone.cli.Main") + 1, lines.size() - 1));
        assertEquals(1, builds().size());
        assertTrue(builds().get(0).startsWith(env.get("JAVA_HOME") + " -B"));

        Ended second = Scratch.run(temp, env, command);
        assertEquals("", second.err());
        assertEquals(1, builds().size());
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        Path source = Files.writeString(root.resolve("src/main/A.java"), "");
        launch("doctor");
        Path stamp = root.resolve("target/touchstone/VERSION");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals("", launch("doctor").err());
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));
        assertTrue(launch("doctor").err().startsWith("touchstone: sources are newer than the build; building again"));
        assertEquals(2, builds().size());
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        assertEquals("", launch("doctor").err());
        Files.delete(source);
        launch("doctor");
        assertEquals(3, builds().size(), "a deleted source changes its folder");
    }

    @Test
    void aSourceThatChangesDuringABuildIsBuiltNextTime() throws Exception {
        Scratch.script(root.resolve("mvnw"), BUILD + "touch src/main/A.java\ntouch target/touchstone/VERSION\n");
        launch("doctor");
        launch("doctor");
        assertEquals(2, builds().size());
    }

    @Test
    void twoFirstUsesAtOnceBuildOnce() throws Exception {
        String launcher = root.resolve("touchstone").toString();
        Process one = Scratch.start(temp, env, launcher, "doctor");
        Process two = Scratch.start(temp, env, launcher, "doctor");
        assertEquals(0, Scratch.ended(one).exitCode());
        assertEquals(0, Scratch.ended(two).exitCode());
        assertEquals(1, builds().size());
        assertFalse(Files.exists(root.resolve("target/.building")));
    }

    @Test
    void takesOverTheLockOfAProcessThatIsGone() throws Exception {
        Files.createDirectories(root.resolve("target/.building"));
        Files.writeString(root.resolve("target/.building/pid"), "99999999");
        assertEquals(0, launch("doctor").exitCode());
        assertEquals(1, builds().size());
    }

    @Test
    void aFailedBuildShowsItsLastLinesAndWhereTheLogIs() throws Exception {
        Scratch.script(root.resolve("mvnw"), "#!/bin/sh\necho '[ERROR] no such artifact'\nexit 1\n");
        Ended ended = launch("run");
        assertEquals(4, ended.exitCode());
        assertEquals("", ended.out());
        assertTrue(
                ended.err().contains("touchstone: the build failed; the last lines of " + root + "/target/build.log:"));
        assertTrue(ended.err().endsWith("[ERROR] no such artifact\n"));
        assertFalse(Files.exists(root.resolve("target/.building")), "the lock is gone");
    }

    @Test
    void aCheckoutThatCannotBeWrittenIsSaid() throws Exception {
        Files.writeString(root.resolve("target"), "in the way");
        Ended ended = launch("run");
        assertEquals(4, ended.exitCode());
        assertEquals(
                "touchstone: cannot write to " + root
                        + "/target, where the build goes; clone into a folder that you can write to.\n",
                ended.err());
    }

    @Test
    void anOldBuildThatCannotBeRenewedIsUsed() throws Exception {
        launch("doctor");
        Files.writeString(root.resolve("target/.building"), "no folder can be made here");
        Files.setLastModifiedTime(
                root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(10)));
        Ended ended = launch("doctor");
        assertEquals(0, ended.exitCode());
        assertEquals(
                "touchstone: sources are newer than the build, but " + root
                        + "/target cannot be written; using the build as it is.\n",
                ended.err());
        assertEquals(1, builds().size());
    }

    @Test
    void aHomeThatCannotBeWrittenMovesMavensDownloads() throws Exception {
        Files.writeString(temp.resolve("home/.m2"), "in the way");
        Ended ended = launch("doctor");
        assertEquals(0, ended.exitCode());
        assertTrue(ended.err()
                .contains("the home folder cannot be written; Maven's downloads go to " + root + "/target/m2."));
        assertTrue(builds().get(0).contains("-Dmaven.repo.local=" + root + "/target/m2/repository"));
    }

    @Test
    void worksThroughSymbolicLinksFromAnyFolder() throws Exception {
        Files.createDirectories(temp.resolve("bin"));
        Files.createSymbolicLink(temp.resolve("bin/relative"), Path.of("../a checkout/touchstone"));
        Files.createSymbolicLink(temp.resolve("bin/twice"), temp.resolve("bin/relative"));
        Ended ended = launch(temp.resolve("bin/twice"), "doctor");
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.lines().contains("-Dtouchstone.home=" + root + "/target/touchstone"));
    }

    @Test
    void namesThePackageWhenThereIsNoJdk() throws Exception {
        env.remove("JAVA_HOME");
        Ended ended = launch("run");
        assertEquals(4, ended.exitCode());
        assertTrue(ended.err().startsWith("touchstone: no JDK of version 17 or newer was found; install one"));
        assertTrue(ended.err().contains("sudo apt-get install openjdk-17-jdk-headless"));
        assertTrue(ended.err().contains("brew install openjdk@17"));
        assertFalse(ended.err().contains("Looked at"));
        assertEquals(List.of(), builds());
    }

    @Test
    void saysWhyAnOldJdkAndAJreWillNotDo() throws Exception {
        Path old = Scratch.jdk(temp.resolve("old"), "1.8.0_402");
        Path jre = Scratch.jdk(temp.resolve("jdks/jre"), "21.0.2", "java.base java.desktop");
        env.put("JAVA_HOME", old.toString());
        Ended ended = launch("run");
        assertEquals(4, ended.exitCode());
        assertTrue(ended.err().contains("JAVA_HOME: " + old + " is Java 1.8.0_402\n"));
        assertTrue(ended.err().contains(jre + " is Java 21.0.2 without compiler or JShell (a JRE, not a JDK)"));
    }

    @Test
    void looksInTheUsualPlacesAndSaysThatJavaHomeWasPassedOver() throws Exception {
        Path found = Scratch.jdk(temp.resolve("jdks/jdk-21"), "21.0.2");
        env.put("JAVA_HOME", temp.resolve("nowhere").toString());
        Ended ended = launch("doctor");
        assertEquals(0, ended.exitCode());
        assertTrue(ended.err()
                .startsWith("touchstone: JAVA_HOME (" + temp.resolve("nowhere")
                        + ") is not a JDK of version 17 or newer; using " + found + ".\n"));
        assertTrue(builds().get(0).startsWith(found + " "));
    }
}
