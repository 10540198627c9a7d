package touchstone.kernel;

import com.google.gson.JsonObject;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.display.MimeBundle;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;

/** {@code %lsmagic}, {@code %help} and {@code %doc}. */
final class HelpMagics {
    private final Kernel kernel;
    private final Magics magics;

    private HelpMagics(Kernel kernel) {
        this.kernel = kernel;
        this.magics = kernel.magics();
    }

    static void register(Kernel kernel) {
        var help = new HelpMagics(kernel);
        Magics magics = kernel.magics();
        magics.line(new Description("", "lists all magics, a line each"), help::list, "lsmagic");
        magics.line(
                new Description("[NAME]", "tells how a magic or a function of the kernel is used"), help::help, "help");
        magics.line(
                new Description("NAME", "shows the documentation of Java names, such as String.strip"),
                help::doc,
                "doc");
    }

    private @Nullable Object list(List<String> args) {
        new MagicArgs("%lsmagic", args).none();
        System.out.println("Line magics");
        System.out.print(TextTable.of(rows("%", magics.lineNames(), magics::ofLine)));
        System.out.println("\nCell magics");
        System.out.print(TextTable.of(rows("%%", magics.cellNames(), magics::ofCell)));
        return null;
    }

    private static List<List<String>> rows(
            String mark, SortedSet<String> names, Function<String, Optional<Description>> about) {
        var rows = new ArrayList<List<String>>();
        for (String name : names) {
            Description description = about.apply(name).orElseThrow();
            rows.add(List.of("  " + mark + name, description.summary()));
        }
        return rows;
    }

    private @Nullable Object help(List<String> args) {
        Optional<String> asked = new MagicArgs("%help", args).atMostOne("a name");
        if (asked.isEmpty()) {
            System.out.println("Functions: " + functions().collect(Collectors.joining(" ")));
            System.out.println(
                    "Magics: %lsmagic lists them; %help NAME tells how one is used, %doc NAME documents Java.");
            System.out.println("Tab completes, Shift-Tab inspects.");
            return null;
        }
        String name = asked.get().replaceFirst("^%+", "");
        var lines = new ArrayList<String>();
        magics.ofLine(name).ifPresent(about -> lines.add(usage("%" + name, about)));
        magics.ofCell(name).ifPresent(about -> lines.add(usage("%%" + name, about)));
        Arrays.stream(UserFunctions.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getName().equals(name))
                .map(HelpMagics::signature)
                .sorted()
                .forEach(lines::add);
        if (lines.isEmpty()) {
            throw new MagicException("%help: there is no magic or function " + name + "; %lsmagic lists the magics");
        }
        lines.forEach(System.out::println);
        return null;
    }

    private static String usage(String name, Description about) {
        String usage = about.usage().isEmpty() ? "" : " " + about.usage();
        return name + usage + (about.summary().isEmpty() ? "" : "\n    " + about.summary());
    }

    private static java.util.stream.Stream<String> functions() {
        return Arrays.stream(UserFunctions.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .distinct()
                .sorted();
    }

    private static String signature(Method method) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        String shown = method.isVarArgs() ? parameters.replaceFirst("\\[\\]$", "...") : parameters;
        return method.getReturnType().getSimpleName() + " " + method.getName() + "(" + shown + ")";
    }

    private @Nullable Object doc(List<String> args) {
        String name = new MagicArgs("%doc", args)
                .one("a name, such as String.strip or java.util.List")
                .replace('#', '.')
                .replaceFirst("\\(.*", "");
        JsonObject found = inspect(name);
        if (!found.get("found").getAsBoolean()) {
            found = inspect(name.replaceFirst("^(.+)\\.(\\w+)$", "(($1) null).$2")); // a method of its objects
        }
        if (!found.get("found").getAsBoolean()) {
            throw new MagicException("%doc: nothing is known of " + name + "; is its class imported?");
        }
        var bundle = new MimeBundle();
        found.getAsJsonObject("data").entrySet().forEach(each -> bundle.put(each.getKey(), each.getValue()));
        return kernel.displays().display(bundle);
    }

    private JsonObject inspect(String code) {
        kernel.cells().provideFor(code);
        return InspectReply.of(kernel.cells().inspector().inspect(code, code.length(), true), 1);
    }
}
