package touchstone.kernel.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the code of loaded classes in place, so that objects and variables survive a changed method body. Uses the
 * JVM's instrumentation: {@link Agent} has it from the start ({@code -javaagent}), or obtains it by attaching to this very
 * process (needs {@code -Djdk.attach.allowAttachSelf=true}); where neither works, it says no and JShell makes a new class.
 */
final class Redefiner {
    private static final Logger LOG = LoggerFactory.getLogger(Redefiner.class);

    private static boolean tried;

    private Redefiner() {}

    /** Replaces the code of all these classes; false, and nothing changed, when the JVM cannot. */
    static boolean redefine(ClassLoader loader, ClassBytecodes[] classes) {
        Instrumentation agent = agent();
        if (agent == null || !agent.isRedefineClassesSupported()) {
            return false;
        }
        var definitions = new ClassDefinition[classes.length];
        try {
            for (int i = 0; i < classes.length; i++) {
                definitions[i] = new ClassDefinition(
                        loader.loadClass(classes[i].name()), Instrumenter.instrument(classes[i].bytecodes()));
            }
            agent.redefineClasses(definitions);
            return true;
        } catch (ClassNotFoundException | UnmodifiableClassException | UnsupportedOperationException | LinkageError e) {
            LOG.debug("cannot redefine in place: {}", e.toString());
            return false;
        }
    }

    private static synchronized @Nullable Instrumentation agent() {
        if (Agent.instrumentation() == null && !tried) {
            tried = true;
            try {
                Path jar = agentJar();
                try {
                    attach(jar);
                } finally {
                    Files.deleteIfExists(jar);
                }
            } catch (Exception | LinkageError e) {
                LOG.info("no redefinition in place: {}", e.toString());
            }
        }
        return Agent.instrumentation();
    }

    private static void attach(Path jar) throws Exception {
        String pid = Long.toString(ProcessHandle.current().pid());
        var machine = com.sun.tools.attach.VirtualMachine.attach(pid);
        try {
            machine.loadAgent(jar.toString());
        } finally {
            machine.detach();
        }
    }

    /** A jar that holds only a manifest: the agent class itself is already on the class path. */
    private static Path agentJar() throws IOException {
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Agent-Class", Agent.class.getName());
        attributes.putValue("Can-Redefine-Classes", "true");
        Path jar = Files.createTempFile("touchstone-agent", ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                var jarOut = new JarOutputStream(out, manifest)) {
            jarOut.flush();
        }
        return jar;
    }
}
