package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import touchstone.kernel.javadoc.Javadoc;
import touchstone.kernel.javadoc.Javadocs;
import touchstone.kernel.javadoc.Signature;
import touchstone.kernel.javadoc.Signature.Kind;

/** Finds signatures and javadoc of what stands at a cursor. */
public final class Inspector {
    private static final Pattern IMPORT = Pattern.compile("(?m)^\\s*(?:import\\s[^;]*;|%.*$)");

    private final Engine engine;
    private final Javadocs javadocs = new Javadocs();
    private final Map<String, List<Inspected>> answers = new ConcurrentHashMap<>();
    private final Map<String, Optional<Class<?>>> classes = new ConcurrentHashMap<>();
    private volatile long answersOf;

    public Inspector(Engine engine) {
        this.engine = engine;
    }

    /**
     * The documentation of the name at the cursor, or of the method whose arguments the cursor stands in; empty when
     * nothing is known. The same tooltip is asked for again and again: answers are kept until a cell runs.
     *
     * @param cursor index into {@code code}, in chars
     */
    public List<Inspected> inspect(String code, int cursor) {
        long generation = engine.generation();
        if (generation != answersOf) {
            answers.clear();
            classes.clear();
            answersOf = generation;
        }
        return answers.computeIfAbsent(cursor + " " + code, key -> find(code, cursor));
    }

    private List<Inspected> find(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        String upToName = code.substring(0, end);
        List<String> signatures = signatures(upToName);
        if (signatures.isEmpty() && IMPORT.matcher(upToName).find()) {
            // JShell takes text that begins with an import for nothing else
            signatures = signatures(IMPORT.matcher(upToName).replaceAll(""));
        }
        List<Signature> parsed = signatures.stream().map(Signature::parse).toList();
        CallArguments.Found call = CallArguments.after(code, end);
        if (!call.isCall() && !parsed.isEmpty()) {
            call = CallArguments.around(code, cursor, calledName(parsed.get(0)));
        }
        List<Boolean> fits = call.isCall() && signatures.size() > 1
                ? Overloads.fitting(parsed, call.arguments(), this::typeOf)
                : signatures.stream().map(each -> true).toList();
        var found = new ArrayList<Inspected>();
        for (int i = 0; i < signatures.size(); i++) {
            found.add(documented(signatures.get(i), parsed.get(i), fits.get(i)));
        }
        return found;
    }

    private static String calledName(Signature signature) {
        String owner = signature.owner();
        return signature.kind() == Kind.CONSTRUCTOR ? owner.substring(owner.lastIndexOf('.') + 1) : signature.name();
    }

    private List<String> signatures(String code) {
        List<Documentation> found = documentation(code + "(");
        if (found.isEmpty()) {
            found = documentation(code);
        }
        return found.stream().map(Documentation::signature).toList();
    }

    private List<Documentation> documentation(String code) {
        return engine.analyse(analysis -> analysis.documentation(code, code.length(), false));
    }

    private String typeOf(String expression) {
        return engine.analyse(analysis -> {
            String type = analysis.analyzeType(expression, 0);
            return type == null ? "" : type;
        });
    }

    private Inspected documented(String text, Signature signature, boolean fits) {
        Optional<Class<?>> type = classOf(signature.owner());
        if (signature.kind() == Kind.TYPE_OR_CONSTANT) {
            return type.map(each -> new Inspected(text, fits, () -> javadocs.of(each)))
                    .orElseGet(() -> constant(text, signature.owner(), fits));
        }
        List<String> names =
                signature.isNameless() && type.isPresent() ? javadocs.parameterNames(type.get(), signature) : List.of();
        return new Inspected(Signature.shown(text, names), fits, () -> type.map(each -> javadocs.of(each, signature))
                .orElse(Javadoc.NONE));
    }

    /** A constant of an enum, which looks like a nested class. */
    private Inspected constant(String text, String path, boolean fits) {
        int dot = path.lastIndexOf('.');
        String holder = path.substring(0, Math.max(0, dot));
        var field = new Signature(Kind.FIELD, holder, path.substring(dot + 1), List.of());
        return new Inspected(text, fits, () -> classOf(holder)
                .map(each -> javadocs.of(each, field))
                .orElse(Javadoc.NONE));
    }

    /** The class of a name as signatures give it: whole, or as far as imports allow. */
    private Optional<Class<?>> classOf(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<Class<?>> known = classes.get(name);
        if (known == null) {
            known = load(name);
            if (known.isEmpty()) {
                List<Documentation> imported = documentation(name);
                known = imported.size() == 1
                        ? load(Signature.parse(imported.get(0).signature()).owner())
                        : known;
            }
            classes.put(name, known);
        }
        return known;
    }

    /** Loads a class without initialising it; a dot may stand for a package or for a class around it. */
    private Optional<Class<?>> load(String name) {
        String binary = name;
        while (true) {
            try {
                return Optional.of(Class.forName(binary, false, engine.classLoader()));
            } catch (ClassNotFoundException | LinkageError e) {
                int dot = binary.lastIndexOf('.');
                if (dot < 0) {
                    return Optional.empty();
                }
                binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1);
            }
        }
    }
}
