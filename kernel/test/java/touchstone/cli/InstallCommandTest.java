package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import touchstone.cli.Scratch.Ended;

class InstallCommandTest extends CliFixture {
    private static JsonObject read(Path spec) throws IOException {
        return JsonParser.parseString(Files.readString(spec.resolve("kernel.json")))
                .getAsJsonObject();
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    @Test
    void writesTheKernelspecForThisUser() throws IOException {
        Ended ended = touchstone("install", "--no-archive");
        assertEquals(0, ended.exitCode(), ended.err());
        assertEquals(userSpec() + System.lineSeparator(), ended.out());
        assertEquals("touchstone: the kernel \"Java (Touchstone)\" is installed" + System.lineSeparator(), ended.err());
        JsonObject spec = read(userSpec());
        assertEquals(
                "[\"" + dist + "/bin/touchstone-kernel\",\"{connection_file}\"]",
                spec.get("argv").toString());
        assertEquals("Java (Touchstone)", spec.get("display_name").getAsString());
        assertEquals("java", spec.get("language").getAsString());
        assertEquals("message", spec.get("interrupt_mode").getAsString());
        assertEquals(
                "{\"TOUCHSTONE_JAVA_HOME\":\"" + jdk + "\"}", spec.get("env").toString());
        assertFalse(spec.getAsJsonObject("metadata").get("debugger").getAsBoolean());
        for (String logo : new String[] {"logo-32x32.png", "logo-64x64.png", "logo-svg.svg"}) {
            Path original =
                    Scratch.root().resolve("kernel/main/dist/kernelspec").resolve(logo);
            assertArrayEquals(
                    Files.readAllBytes(original), Files.readAllBytes(userSpec().resolve(logo)));
        }
        assertEquals(1, count(userData()), "nothing beside kernels/ is left over");
    }

    @Test
    void followsJupytersOwnRulesForTheDataFolder() {
        env.put("XDG_DATA_HOME", temp.resolve("xdg").toString());
        touchstone("install", "--no-archive", "--user");
        assertTrue(Files.exists(temp.resolve("xdg/jupyter/kernels/java/kernel.json")));
        env.put("JUPYTER_DATA_DIR", temp.resolve("data").toString());
        touchstone("install", "--no-archive");
        assertTrue(Files.exists(temp.resolve("data/kernels/java/kernel.json")));
        Host mac = new Host(Map.of(), home, "Mac OS X", jdk);
        assertEquals(home.resolve("Library/Jupyter"), mac.jupyterData());
    }

    @Test
    void installsIntoAPrefixUnderAnotherName() {
        Ended ended =
                touchstone("install", "--no-archive", "--prefix", temp + "/a prefix", "--name", "java-17", "--json");
        assertEquals(0, ended.exitCode(), ended.err());
        JsonObject json = JsonParser.parseString(ended.out()).getAsJsonObject();
        Path expected = temp.resolve("a prefix/share/jupyter/kernels/java-17");
        assertEquals(expected.toString(), json.get("kernelspec").getAsString());
        assertFalse(json.get("archive").getAsBoolean());
        assertTrue(Files.exists(expected.resolve("kernel.json")));
    }

    @Test
    void asksPythonForItsPrefix() throws IOException {
        Scratch.script(programs.resolve("python3"), "#!/bin/sh\necho '" + temp + "/environment'\n");
        env.put("VIRTUAL_ENV", temp.resolve("another").toString());
        touchstone("install", "--no-archive", "--sys-prefix");
        assertTrue(Files.exists(temp.resolve("environment/share/jupyter/kernels/java/kernel.json")));
        Files.delete(programs.resolve("python3"));
        touchstone("install", "--no-archive", "--sys-prefix");
        assertTrue(Files.exists(temp.resolve("another/share/jupyter/kernels/java/kernel.json")));
    }

    @Test
    void saysThatThereIsNoPythonEnvironment() {
        Ended ended = touchstone("install", "--sys-prefix");
        assertEquals(4, ended.exitCode());
        assertTrue(ended.err().contains("--sys-prefix needs a Python environment, but there is no working python3"));
    }

    @Test
    void refreshesItsOwnAndIsContentWithACurrentOne() throws IOException {
        touchstone("install", "--no-archive");
        var written = Files.getLastModifiedTime(userSpec().resolve("kernel.json"));
        touchstone("install", "--no-archive");
        assertEquals(written, Files.getLastModifiedTime(userSpec().resolve("kernel.json")));
        jdk = Scratch.jdk(temp.resolve("another jdk"), "21");
        assertEquals(0, touchstone("install", "--no-archive").exitCode());
        assertTrue(read(userSpec()).get("env").toString().contains("another jdk"));
        assertEquals(1, count(userData().resolve("kernels")));
    }

    @Test
    void refusesToReplaceAnotherProgramsKernelspec() throws IOException {
        installForeignSpec();
        Ended ended = touchstone("install", "--no-archive");
        assertEquals(4, ended.exitCode());
        assertEquals("", ended.out());
        assertEquals(
                "touchstone: the kernelspec java in " + userSpec().getParent()
                        + " belongs to \"Java\" (java); replace it with: touchstone install --force"
                        + " (the old one is kept), or choose another --name" + System.lineSeparator(),
                ended.err());
        assertEquals("Java", read(userSpec()).get("display_name").getAsString());
    }

    @Test
    void forceKeepsTheOldOneAside() throws IOException {
        installForeignSpec();
        Ended ended = touchstone("install", "--no-archive", "--force");
        assertEquals(0, ended.exitCode(), ended.err());
        String moved = "touchstone: the kernelspec of \"Java\" (java) was moved to ";
        assertTrue(ended.err().startsWith(moved), ended.err());
        Path kept = Path.of(ended.err().lines().findFirst().orElseThrow().substring(moved.length()));
        assertEquals("Java", read(kept).get("display_name").getAsString());
        assertEquals("Java (Touchstone)", read(userSpec()).get("display_name").getAsString());
    }

    @Test
    void leavesNothingHalfWrittenInAHomeThatCannotBeWritten() throws IOException {
        Files.writeString(home.resolve(".local"), "in the way");
        Ended ended = touchstone("install", "--no-archive");
        assertEquals(4, ended.exitCode());
        assertEquals(1, ended.err().lines().count());
        assertTrue(ended.err().startsWith("touchstone: the kernelspec could not be written to " + userSpec() + ": "));
        assertTrue(ended.err().contains("use --sys-prefix or --prefix DIR"));
        assertEquals("in the way", Files.readString(home.resolve(".local")));
    }

    @Test
    void aFailedReplacementKeepsWhatWasThere() throws IOException {
        touchstone("install", "--no-archive");
        Files.delete(dist.resolve("kernelspec/logo-svg.svg"));
        jdk = Scratch.jdk(temp.resolve("another jdk"), "21");
        assertEquals(4, touchstone("install", "--no-archive").exitCode());
        assertTrue(read(userSpec()).get("env").toString().contains("a jdk"));
        assertEquals(1, count(userData()), "no temporary folder is left");
    }

    @Test
    void refusesNamesThatJupyterRefuses() {
        Ended ended = touchstone("install", "--name", "my java");
        assertEquals(2, ended.exitCode());
        assertTrue(ended.err().contains("--name must consist of letters, digits, '.', '_' and '-', was \"my java\""));
    }

    @Test
    void makesTheArchiveOnceAndNotesWhenItCannot() throws IOException {
        Ended without = touchstone("install");
        assertEquals(0, without.exitCode(), "an archive is a convenience");
        assertTrue(without.err()
                .contains("note: there is no class-data archive, kernels start a little slower:"
                        + " touchstone-kernel: the JVM wrote no class-data archive to " + dist + "/lib"));
        Scratch.script(
                jdk.resolve("bin/java"),
                """
                #!/bin/sh
                for word; do case $word in -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*) echo made >"${word#*=}" ;; esac; done
                """);
        Ended with = touchstone("install", "--json");
        assertFalse(with.err().contains("note:"), with.err());
        assertTrue(JsonParser.parseString(with.out())
                .getAsJsonObject()
                .get("archive")
                .getAsBoolean());
        assertFalse(touchstone("install").err().contains("making"), "a current archive is kept");
    }

    @Test
    void uninstallRemovesOnlyItsOwn() throws IOException {
        Ended absent = touchstone("uninstall");
        assertEquals(0, absent.exitCode());
        assertEquals(
                "touchstone: there is no kernelspec in " + userSpec() + "; nothing to remove" + System.lineSeparator(),
                absent.err());
        touchstone("install", "--no-archive");
        Ended removed = touchstone("uninstall");
        assertEquals(userSpec() + System.lineSeparator(), removed.out());
        assertFalse(Files.exists(userSpec()));
        installForeignSpec();
        Ended foreign = touchstone("uninstall");
        assertEquals(4, foreign.exitCode());
        assertTrue(foreign.err().contains("belongs to \"Java\" (java); it was left alone"));
        assertTrue(Files.exists(userSpec()));
    }
}
