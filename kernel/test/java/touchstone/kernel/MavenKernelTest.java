package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.kernel.WireClient.Answer;

/** {@code %maven} against a repository of files, with a settings.xml of its own; nothing leaves the machine. */
class MavenKernelTest {
    @TempDir
    Path folder;

    private static void publish(Path repository, String artifact, String dependency) throws IOException {
        Path at = Files.createDirectories(repository.resolve("org/example/" + artifact + "/1.0"));
        String needs = dependency.isEmpty()
                ? ""
                : "<dependencies><dependency><groupId>org.example</groupId><artifactId>" + dependency
                        + "</artifactId><version>1.0</version></dependency></dependencies>";
        Files.writeString(
                at.resolve(artifact + "-1.0.pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>" + artifact
                        + "</artifactId><version>1.0</version>" + needs + "</project>");
        try (OutputStream out = Files.newOutputStream(at.resolve(artifact + "-1.0.jar"));
                var jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry(artifact + ".txt"));
            jar.write(artifact.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void mirrorsAndTheLocalRepositoryOfTheSettingsCount() throws Exception {
        Path remote = folder.resolve("remote");
        publish(remote, "tiny", "tinier");
        publish(remote, "tinier", "");
        Path local = folder.resolve("local");
        Path settings = Files.createDirectories(folder.resolve("home/.m2")).resolve("settings.xml");
        Files.writeString(
                settings,
                "<settings><localRepository>" + local + "</localRepository><mirrors><mirror><id>files</id>"
                        + "<mirrorOf>*</mirrorOf><url>" + remote.toUri() + "</url></mirror></mirrors></settings>");
        var environment = Map.of("JAVA_TOOL_OPTIONS", "-Duser.home=" + folder.resolve("home"));
        try (var kernel = new WireClient(folder, environment)) {
            Answer resolved = kernel.execute("%maven org.example:tiny:1.0");
            assertEquals(
                    "resolved 2 jars: tiny-1.0.jar tinier-1.0.jar\n",
                    resolved.stream("stdout"),
                    resolved.content().toString());
            assertEquals("", resolved.result(), "the list is not shown a second time");
            assertEquals(
                    "true",
                    kernel.execute("Thread.currentThread().getContextClassLoader().getResource(\"tinier.txt\") != null")
                            .result());
            assertTrue(Files.exists(local.resolve("org/example/tiny/1.0/tiny-1.0.jar")));
            assertEquals(
                    "2",
                    kernel.execute("List<String> jars = %maven org.example:tiny:1.0\njars.size()")
                            .result());
            delete(remote);
            for (String call : List.of("%maven -o org.example:tiny:1.0", "%maven org.example:tiny:1.0")) {
                Answer again = kernel.execute(call);
                assertEquals("ok", again.status(), again.content().toString());
                assertTrue(again.stream("stdout").startsWith("resolved 2 jars"), call);
            }
            Answer missing = kernel.execute("%maven -o org.example:other:1.0");
            assertEquals("MagicException", missing.content().get("ename").getAsString());
            String message = missing.content().get("evalue").getAsString();
            assertTrue(message.startsWith("cannot resolve org.example:other:jar:1.0"), message);
            assertFalse(message.contains("\n"), message);
            assertTrue(kernel.execute("%maven nonsense")
                    .content()
                    .get("evalue")
                    .getAsString()
                    .contains("is no Maven coordinate"));
        }
    }
}
