package touchstone.kernel.javadoc;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A source file, parsed but not resolved: types and members are found by the names that it writes. */
final class SourceFile {
    private static final Pattern TYPE_VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,2}(?:\\[\\])*");

    private final DocTrees trees;
    private final CompilationUnitTree unit;

    /** A type or member, and where it stands. */
    record Declared(SourceFile file, TreePath path) {
        /** Its comment; an empty one where there is none. */
        Javadoc read(Supplier<Javadoc> above) {
            DocCommentTree comment = file.trees.getDocCommentTree(path);
            return comment == null ? Javadoc.NONE : CommentReader.read(file.trees, comment, above);
        }

        /** Whether it neither overrides nor can be overridden. */
        boolean standsAlone() {
            return path.getLeaf() instanceof MethodTree method
                    && (isConstructor(method)
                            || method.getModifiers().getFlags().contains(Modifier.STATIC)
                            || method.getModifiers().getFlags().contains(Modifier.PRIVATE));
        }

        /** Whether it is a method without a result. */
        boolean isVoid() {
            return path.getLeaf() instanceof MethodTree method && "void".equals(String.valueOf(method.getReturnType()));
        }

        /** The parameters' names. */
        List<String> parameterNames() {
            return path.getLeaf() instanceof MethodTree method
                    ? method.getParameters().stream()
                            .map(each -> each.getName().toString())
                            .toList()
                    : List.of();
        }
    }

    private SourceFile(DocTrees trees, CompilationUnitTree unit) {
        this.trees = trees;
        this.unit = unit;
    }

    static SourceFile parse(String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var source = new SimpleJavaFileObject(URI.create("source:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        var task = (JavacTask)
                compiler.getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(source));
        CompilationUnitTree unit = task.parse().iterator().next();
        return new SourceFile(DocTrees.instance(task), unit);
    }

    /** @param names the top-level class, then those nested within */
    Optional<Declared> type(List<String> names) {
        var path = new TreePath(unit);
        List<? extends Tree> within = unit.getTypeDecls();
        for (String name : names) {
            ClassTree found = within.stream()
                    .filter(ClassTree.class::isInstance)
                    .map(ClassTree.class::cast)
                    .filter(each -> each.getSimpleName().contentEquals(name))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                return Optional.empty();
            }
            path = new TreePath(path, found);
            within = found.getMembers();
        }
        return Optional.of(new Declared(this, path));
    }

    /** A field, constant or record component. */
    Optional<Declared> field(Declared type, String name) {
        return members(type)
                .filter(each ->
                        each instanceof VariableTree field && field.getName().contentEquals(name))
                .findFirst()
                .map(each -> at(type, each));
    }

    /** The method or constructor with these parameters, or the only one with as many. */
    Optional<Declared> method(Declared type, Signature wanted) {
        var candidates = new ArrayList<MethodTree>();
        members(type).forEach(each -> {
            if (each instanceof MethodTree method
                    && method.getName().contentEquals(wanted.name())
                    && method.getParameters().size() == wanted.parameters().size()) {
                candidates.add(method);
            }
        });
        List<String> types = wanted.erasedTypes();
        return candidates.stream()
                .filter(each -> erasedTypes(each).equals(types))
                .findFirst()
                .or(() -> candidates.stream().filter(each -> mayBe(each, types)).findFirst())
                .or(() -> candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty())
                .map(each -> at(type, each));
    }

    private static boolean isConstructor(MethodTree method) {
        return method.getName().contentEquals("<init>");
    }

    private static Stream<? extends Tree> members(Declared type) {
        return ((ClassTree) type.path().getLeaf()).getMembers().stream();
    }

    private Declared at(Declared type, Tree member) {
        return new Declared(this, new TreePath(type.path(), member));
    }

    private static List<String> erasedTypes(MethodTree method) {
        return method.getParameters().stream()
                .map(each -> Signature.erase(each.getType().toString()))
                .toList();
    }

    /** Whether the types are the same but where this method, or the other, has a type variable. */
    private static boolean mayBe(MethodTree method, List<String> types) {
        List<String> own = erasedTypes(method);
        for (int i = 0; i < types.size(); i++) {
            if (!own.get(i).equals(types.get(i))
                    && !TYPE_VARIABLE.matcher(own.get(i)).matches()
                    && !TYPE_VARIABLE.matcher(types.get(i)).matches()) {
                return false;
            }
        }
        return true;
    }
}
