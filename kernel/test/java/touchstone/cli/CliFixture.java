package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import touchstone.cli.Scratch.Ended;

/** Commands run in this JVM on a scratch distribution, home and JDK. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
abstract class CliFixture {
    @TempDir
    Path temp = Path.of("");

    Path dist = Path.of("");
    Path home = Path.of("");
    Path jdk = Path.of("");
    Path programs = Path.of("");
    final Map<String, String> env = new TreeMap<>();

    @BeforeEach
    void layOut() throws IOException {
        temp = temp.toRealPath();
        dist = Scratch.distribution(temp.resolve("a distribution"));
        home = Files.createDirectories(temp.resolve("home"));
        jdk = Scratch.jdk(temp.resolve("a jdk"), System.getProperty("java.version"));
        programs = Scratch.tools(temp.resolve("programs"));
        env.put("PATH", programs.toString());
        System.setProperty("touchstone.home", dist.toString());
    }

    @AfterEach
    void forgetTheDistribution() {
        System.clearProperty("touchstone.home");
    }

    Host host() {
        return new Host(env, home, "Linux", jdk);
    }

    Ended touchstone(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.execute(host(), new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Ended(code, out.toString(), err.toString());
    }

    Path userSpec() {
        return userData().resolve("kernels/java");
    }

    Path userData() {
        return home.resolve(".local/share/jupyter");
    }

    /** A kernelspec as another Java kernel leaves it. */
    void installForeignSpec() throws IOException {
        Files.createDirectories(userSpec());
        Files.writeString(
                userSpec().resolve("kernel.json"),
                "{\"argv\": [\"java\", \"-jar\", \"ijava.jar\"], \"display_name\": \"Java\", \"language\": \"java\"}");
    }

    /** A Jupyter program that prints its version or its arguments. */
    void installJupyter(String name, String version) throws IOException {
        Scratch.script(
                programs.resolve(name),
                "#!/bin/sh\nif [ \"$1\" = --version ]; then echo " + version + "; else echo \"$0 $*\" >" + temp
                        + "/opened; fi\n");
        assertTrue(Files.isExecutable(programs.resolve(name)));
    }
}
