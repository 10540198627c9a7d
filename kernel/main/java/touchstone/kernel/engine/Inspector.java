package touchstone.kernel.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** Finds signatures and javadoc of what stands at a cursor. */
public final class Inspector {
    private final Engine engine;
    private final Map<String, List<Documentation>> answers = new ConcurrentHashMap<>();
    private volatile long answersOf;

    public Inspector(Engine engine) {
        this.engine = engine;
    }

    /**
     * The documentation of the name at the cursor, or of the method whose arguments the cursor stands in; empty when
     * nothing is known.
     *
     * @param cursor index into {@code code}, in chars
     * @param javadoc whether the comment is wanted too, not only signatures
     */
    public List<Documentation> inspect(String code, int cursor, boolean javadoc) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        String upToName = code.substring(0, end);
        List<Documentation> found = documentation(upToName + "(", javadoc);
        if (found.isEmpty()) {
            found = documentation(upToName, javadoc);
        }
        return found;
    }

    /** Reading javadoc takes a while and the same tooltip is asked for again and again: answers are kept. */
    private List<Documentation> documentation(String code, boolean javadoc) {
        long generation = engine.generation();
        if (generation != answersOf) {
            answers.clear();
            answersOf = generation;
        }
        return answers.computeIfAbsent(
                code + (javadoc ? "+" : "-"),
                key -> engine.analyse(analysis -> analysis.documentation(code, code.length(), javadoc)));
    }
}
