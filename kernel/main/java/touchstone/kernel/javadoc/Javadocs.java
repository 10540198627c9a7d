package touchstone.kernel.javadoc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import touchstone.kernel.javadoc.Javadoc.Section;
import touchstone.kernel.javadoc.Signature.Kind;
import touchstone.kernel.javadoc.SourceFile.Declared;

/**
 * The comments of classes and their members, read from source jars; what an overriding method does not say is taken from
 * what it overrides. Opens and parses nothing before it is asked; keeps the last few slices of files that it parsed.
 */
public final class Javadocs {
    private static final int KEPT = 24;

    private final SourceJars jars = new SourceJars();
    private final Map<String, SourceFile> files = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SourceFile> eldest) {
            return size() > KEPT;
        }
    };

    private final Set<String> silent = new HashSet<>();

    /** The comment of a class. */
    public synchronized Javadoc of(Class<?> type) {
        return declared(type, "").map(each -> each.read(() -> Javadoc.NONE)).orElse(Javadoc.NONE);
    }

    /** The comment of a class's own member. */
    public synchronized Javadoc of(Class<?> type, Signature member) {
        if (member.kind() == Kind.METHOD || member.kind() == Kind.CONSTRUCTOR) {
            return ofMethod(type, member);
        }
        Javadoc field = declared(type, member.name())
                .flatMap(each -> each.file().field(each, member.name()))
                .map(each -> each.read(() -> Javadoc.NONE))
                .orElse(Javadoc.NONE);
        return field.isEmpty() && type.isRecord() ? component(type, member.name()) : field;
    }

    /** The names of a method's parameters, as the source has them; empty where there is none. */
    public synchronized List<String> parameterNames(Class<?> type, Signature method) {
        return method(type, method).map(Declared::parameterNames).orElse(List.of());
    }

    private Javadoc ofMethod(Class<?> type, Signature member) {
        Optional<Declared> found = method(type, member);
        if (found.isEmpty() && type.isRecord()) {
            return member.kind() == Kind.CONSTRUCTOR ? canonical(type) : component(type, member.name());
        }
        if (member.kind() == Kind.CONSTRUCTOR
                || found.map(Declared::standsAlone).orElse(false)) {
            return found.map(each -> each.read(() -> Javadoc.NONE)).orElse(Javadoc.NONE);
        }
        Supplier<Javadoc> above = () -> overridden(type, member);
        Javadoc own = found.map(each -> each.read(above)).orElse(Javadoc.NONE);
        return isWhole(own, found) ? own : own.completedBy(above.get());
    }

    /** Whether the comment says all that it could: then what is overridden need not be read. */
    private static boolean isWhole(Javadoc own, Optional<Declared> found) {
        return !own.body().isEmpty()
                && (own.section(Javadoc.RETURNS).isPresent()
                        || found.map(Declared::isVoid).orElse(true))
                && found.stream()
                        .flatMap(each -> each.parameterNames().stream())
                        .noneMatch(name -> own.item(Javadoc.PARAMETERS, name).isEmpty());
    }

    /** The first comment above: of interfaces, in order and upwards, then of the superclass. */
    private Javadoc overridden(Class<?> type, Signature member) {
        var parents = new ArrayList<Class<?>>(Arrays.asList(type.getInterfaces()));
        Class<?> superclass = type.getSuperclass();
        if (superclass != null) {
            parents.add(superclass);
        }
        for (Class<?> parent : parents) {
            boolean hides = method(parent, member).map(Declared::standsAlone).orElse(false);
            Javadoc found = hides ? Javadoc.NONE : ofMethod(parent, member);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return Javadoc.NONE;
    }

    /** What the record's comment says of one component. */
    private Javadoc component(Class<?> type, String name) {
        List<Node> text = of(type).item(Javadoc.PARAMETERS, name);
        return new Javadoc(text, text, List.of());
    }

    /** The constructor that a record has without writing it: the record's components. */
    private Javadoc canonical(Class<?> type) {
        Javadoc record = of(type);
        List<Section> parameters = record.section(Javadoc.PARAMETERS).stream().toList();
        return new Javadoc(record.summary(), record.summary(), parameters);
    }

    private Optional<Declared> method(Class<?> type, Signature member) {
        String name = member.kind() == Kind.CONSTRUCTOR ? type.getSimpleName() : member.name();
        return declared(type, name).flatMap(each -> each.file().method(each, member));
    }

    /** A class in its file, parsed as far as members of this name go. */
    private Optional<Declared> declared(Class<?> type, String member) {
        String name = type.getName();
        String top = SourceJars.topLevel(type);
        var names = new ArrayList<String>(List.of(top.substring(top.lastIndexOf('.') + 1)));
        if (name.length() > top.length()) {
            names.addAll(List.of(name.substring(top.length() + 1).split("\\$", -1)));
        }
        String key = System.identityHashCode(type.getClassLoader()) + "/" + top + "#" + member;
        if (silent.contains(key)) {
            return Optional.empty();
        }
        Optional<SourceFile> file = Optional.ofNullable(files.get(key))
                .or(() -> jars.sourceOf(type).flatMap(text -> slice(key, text, member)));
        file.ifPresent(each -> files.put(key, each));
        return file.flatMap(each -> each.type(names));
    }

    /** Most of the types above a method do not have it: their files need not be parsed. */
    private Optional<SourceFile> slice(String key, String text, String member) {
        if (!text.contains(member)) {
            silent.add(key);
            return Optional.empty();
        }
        return parse(SourceSlice.of(text, member));
    }

    private static Optional<SourceFile> parse(String text) {
        try {
            return Optional.of(SourceFile.parse(text));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty(); // a file that this JDK's compiler cannot read has no comments for us
        }
    }
}
