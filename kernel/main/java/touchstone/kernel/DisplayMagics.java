package touchstone.kernel;

import java.util.function.Function;
import touchstone.kernel.display.Capture;
import touchstone.kernel.display.Origin;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;

/** {@code %%html} and its kin, and {@code %%capture}. */
final class DisplayMagics {
    private DisplayMagics() {}

    static void register(Kernel kernel) {
        Magics magics = kernel.magics();
        shows(magics, "html", "HTML", UserFunctions::html);
        shows(magics, "markdown", "Markdown", UserFunctions::markdown);
        shows(magics, "latex", "LaTeX", UserFunctions::latex);
        shows(magics, "svg", "an SVG image", UserFunctions::svg);
        shows(magics, "javascript", "JavaScript that the browser runs", UserFunctions::javascript);
        magics.cell(
                new Description("[NAME]", "keeps what the cell prints and shows, in a variable NAME of type Captured"),
                (args, body) -> {
                    capture(
                            kernel,
                            new MagicArgs("%%capture", args)
                                    .atMostOne("a variable's name")
                                    .orElse(""),
                            body);
                    return null;
                },
                "capture");
    }

    private static void shows(Magics magics, String name, String what, Function<String, String> show) {
        magics.cell(
                new Description("", "shows the cell as " + what),
                (args, body) -> {
                    new MagicArgs("%%" + name, args).none();
                    return show.apply(body);
                },
                name);
    }

    private static void capture(Kernel kernel, String name, String body) {
        if (!name.isEmpty() && !javax.lang.model.SourceVersion.isName(name)) {
            throw new MagicException("%%capture: '" + name + "' cannot be the name of a variable");
        }
        Origin outer = Origin.current();
        var capture = new Capture(outer);
        capture.enter();
        try {
            Object value = kernel.eval(body);
            if (value != null && !kernel.displays().isDisplayId(value)) {
                kernel.displays().display(value);
            }
        } finally {
            kernel.streams().flush();
            outer.enter();
            if (!name.isEmpty()) {
                Captured.offer(Captured.of(capture));
                kernel.eval("touchstone.kernel.Captured " + name + " = touchstone.kernel.Captured.take();");
            }
        }
    }
}
