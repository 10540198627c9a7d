package touchstone.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.engine.Engine;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;

/** {@code %who}, {@code %whos}, {@code %reset} and {@code %jshell}: what the user has declared. */
final class VariableMagics {
    private static final int LONGEST = 60;

    private final Kernel kernel;

    private VariableMagics(Kernel kernel) {
        this.kernel = kernel;
    }

    static void register(Kernel kernel) {
        var variables = new VariableMagics(kernel);
        Magics magics = kernel.magics();
        magics.line(
                new Description("[TYPE]", "lists the names of your variables, methods and types"),
                args -> variables.who(args),
                "who");
        magics.line(
                new Description("[TYPE]", "lists your variables with type and value"),
                args -> variables.whos(args),
                "whos");
        magics.line(
                new Description(
                        "[NAME ...]", "forgets these names, or all you have declared and every Out; imports stay"),
                args -> variables.reset(args),
                "reset");
        magics.line(
                new Description(
                        "/vars | /methods | /types | /imports | /list | /drop NAME",
                        "asks JShell, as in the jshell tool"),
                args -> variables.jshell(args),
                "jshell");
    }

    private @Nullable Object who(List<String> args) {
        String type = new MagicArgs("%who", args).atMostOne("a type").orElse("");
        List<String> names = ask(shell -> declared(shell)
                .filter(each -> type.isEmpty() || (each instanceof VarSnippet variable && hasType(variable, type)))
                .map(DeclarationSnippet::name)
                .distinct()
                .collect(Collectors.toList()));
        System.out.println(names.isEmpty() ? "nothing declared" : String.join("  ", names));
        return null;
    }

    private @Nullable Object whos(List<String> args) {
        String type = new MagicArgs("%whos", args).atMostOne("a type").orElse("");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("name", "type", "value"));
        for (VarSnippet each : kernel.cells().engine().variables()) {
            if (isActive(each) && (type.isEmpty() || hasType(each, type))) {
                rows.add(List.of(each.name(), each.typeName(), brief(each.name())));
            }
        }
        System.out.print(rows.size() == 1 ? "no variables\n" : TextTable.of(rows));
        return null;
    }

    private String brief(String name) {
        try {
            String text = kernel.render(kernel.eval(name)).toString();
            String line = text.lines().map(String::strip).collect(Collectors.joining(" "));
            return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
        } catch (Cells.CellFailedException e) {
            return "(" + e.failure().message() + ")";
        }
    }

    private @Nullable Object reset(List<String> args) {
        List<String> names = new MagicArgs("%reset", args).plain();
        List<DeclarationSnippet> doomed = ask(shell -> declared(shell)
                .filter(each -> names.isEmpty() || names.contains(each.name()))
                .collect(Collectors.toList()));
        for (String name : names) {
            if (doomed.stream().noneMatch(each -> each.name().equals(name))) {
                throw new MagicException("%reset: nothing of the name " + name + " is declared; %who lists what is");
            }
        }
        emptyVariables(doomed);
        if (names.isEmpty()) {
            kernel.cells().results().clear();
        }
        ask(shell -> {
            doomed.forEach(shell::drop);
            return doomed;
        });
        System.out.println("forgot " + (doomed.size() == 1 ? "1 declaration" : doomed.size() + " declarations"));
        return null;
    }

    /** Lets go of the values: JShell keeps the class of a dropped variable, and with it what its field holds. */
    private void emptyVariables(List<DeclarationSnippet> doomed) {
        var code = new StringBuilder();
        for (DeclarationSnippet each : doomed) {
            if (each instanceof VarSnippet variable && !PRIMITIVES.contains(variable.typeName())) {
                code.append(each.name()).append(" = null;\n");
            }
        }
        try {
            kernel.eval(code.toString());
        } catch (Cells.CellFailedException e) {
            // a value that stays until the kernel ends costs memory, nothing else
        }
    }

    private @Nullable Object jshell(List<String> args) {
        List<String> plain = new MagicArgs("%jshell", args).plain();
        String command = plain.isEmpty() ? "" : plain.get(0);
        switch (command) {
            case "/vars" -> whos(List.of());
            case "/methods" -> print(MethodSnippet.class);
            case "/types" -> print(TypeDeclSnippet.class);
            case "/imports" -> print(ImportSnippet.class);
            case "/list" -> print(Snippet.class);
            case "/drop" -> {
                if (plain.size() < 2) {
                    throw new MagicException("%jshell /drop needs a name: %jshell /drop x");
                }
                reset(plain.subList(1, plain.size()));
            }
            default ->
                throw new MagicException("%jshell knows /vars, /methods, /types, /imports, /list and /drop NAME; "
                        + (command.isEmpty() ? "it was given none" : command + " belongs to the jshell tool alone"));
        }
        return null;
    }

    private void print(Class<? extends Snippet> kind) {
        List<String> lines = ask(shell -> shell.snippets()
                .filter(each -> kind.isInstance(each)
                        && shell.status(each).isActive()
                        && !each.source().contains("Captured.take("))
                .map(each -> each instanceof MethodSnippet method
                        ? method.signature().replaceFirst("^\\(", method.name() + "(")
                        : each.source().strip())
                .collect(Collectors.toList()));
        lines.forEach(System.out::println);
    }

    private boolean isActive(Snippet snippet) {
        return ask(shell -> shell.status(snippet).isActive());
    }

    private static boolean hasType(VarSnippet variable, String type) {
        String erased = variable.typeName().replaceFirst("<.*", "");
        return erased.equals(type) || erased.endsWith("." + type);
    }

    private static java.util.stream.Stream<DeclarationSnippet> declared(JShell shell) {
        return shell.snippets()
                .filter(each ->
                        each instanceof DeclarationSnippet && shell.status(each).isActive())
                .map(DeclarationSnippet.class::cast)
                .filter(each -> !each.name().startsWith("$"));
    }

    private <T> T ask(java.util.function.Function<JShell, T> question) {
        Engine engine = kernel.cells().engine();
        return engine.askShell(question);
    }

    private static final java.util.Set<String> PRIMITIVES =
            java.util.Set.of("int", "long", "double", "float", "boolean", "char", "byte", "short");
}
