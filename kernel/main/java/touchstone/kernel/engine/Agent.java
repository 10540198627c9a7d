package touchstone.kernel.engine;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Receives the JVM's instrumentation. It is loaded before all else at the start of a kernel, so it must need no other
 * class: looking for one would open all jars of the class path.
 */
public final class Agent {
    private static volatile @Nullable Instrumentation instrumentation;

    private Agent() {}

    /** Called by the JVM when the agent is there from the start. */
    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** Called by the JVM when the agent is loaded later. */
    public static void agentmain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }
}
