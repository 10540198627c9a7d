package touchstone.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;

/** {@code %%shell}, {@code %%bash} and {@code %%sh}: other programs, in the folder of {@code %cd}. */
final class ShellMagics {
    private final WorkFolder folder;

    private ShellMagics(WorkFolder folder) {
        this.folder = folder;
    }

    static void register(Kernel kernel, WorkFolder folder) {
        var shells = new ShellMagics(folder);
        Magics magics = kernel.magics();
        for (String name : List.of("shell", "bash", "sh")) {
            String which = name.equals("shell") ? "bash, or sh where there is no bash" : name;
            magics.cell(
                    new Description("", "runs the cell with " + which + "; an exit status other than 0 fails the cell"),
                    (args, body) -> {
                        new MagicArgs("%%" + name, args).none();
                        return shells.run(name, body);
                    },
                    name);
            magics.line(
                    new Description("COMMAND", "runs a line with " + which),
                    args -> {
                        if (args.isEmpty()) {
                            throw new MagicException("%" + name + " needs a command: %" + name + " ls");
                        }
                        return shells.run(name, String.join(" ", args));
                    },
                    name);
        }
    }

    private @Nullable Object run(String name, String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(program(name), "-c", script)
                .directory(folder.current().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(folder.environment());
        Process process = builder.start();
        Thread out = pump(process.getInputStream(), System.out);
        Thread err = pump(process.getErrorStream(), System.err);
        try {
            int status = process.waitFor();
            // what a background child still holds open is not waited for
            out.join(2_000);
            err.join(2_000);
            if (status != 0) {
                throw new MagicException("%" + name + " ended with status " + status);
            }
            return null;
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static String program(String name) {
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            throw new MagicException("%" + name + " needs a POSIX shell, and there is no /bin/sh on this machine");
        }
        boolean bash = Files.isExecutable(Path.of("/bin/bash"));
        if (name.equals("bash") && !bash) {
            throw new MagicException("%" + name + ": there is no /bin/bash on this machine");
        }
        return bash && !name.equals("sh") ? "/bin/bash" : "/bin/sh";
    }

    /** Passes on what a program prints, on a thread that prints under this cell. */
    private static Thread pump(InputStream from, PrintStream to) {
        var thread = new Thread(
                () -> {
                    var buffer = new byte[8192];
                    try (from) {
                        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                            to.write(buffer, 0, n);
                            to.flush();
                        }
                    } catch (IOException e) {
                        // the program was ended
                    }
                },
                "touchstone-shell");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
