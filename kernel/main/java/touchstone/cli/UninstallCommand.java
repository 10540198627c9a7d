package touchstone.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Removes our kernelspec, and nobody else's. */
@Command(
        name = "uninstall",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Removes the Java kernel from Jupyter.")
final class UninstallCommand implements Callable<Integer> {
    private final Host host;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private SpecLocation location = new SpecLocation();

    UninstallCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        var err = command.commandLine().getErr();
        KernelSpec spec = location.spec(host);
        switch (spec.state(new JsonObject())) {
            case ABSENT ->
                err.println("touchstone: there is no kernelspec in " + spec.folder() + "; nothing to remove");
            case FOREIGN ->
                throw UserError.environment(
                        "the kernelspec in " + spec.folder() + " belongs to " + spec.owner() + "; it was left alone");
            case CURRENT, STALE -> {
                remove(spec);
                err.println("touchstone: removed the kernelspec");
                command.commandLine().getOut().println(spec.folder());
            }
        }
        return 0;
    }

    private static void remove(KernelSpec spec) {
        try {
            spec.remove();
        } catch (IOException e) {
            throw UserError.environment(
                    "the kernelspec in " + spec.folder() + " could not be removed: " + Folders.reason(e));
        }
    }
}
