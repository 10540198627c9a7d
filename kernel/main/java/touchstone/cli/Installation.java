package touchstone.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Optional;

/** Puts a kernelspec in its place, minding what is there. */
final class Installation {
    private Installation() {}

    /**
     * Installs or refreshes a kernelspec of ours. One that belongs to another program is refused, or with
     * {@code force} set aside.
     *
     * @return what to tell about a kernelspec that was set aside
     */
    static Optional<String> install(KernelSpec spec, JsonObject wanted, Distribution distribution, boolean force) {
        KernelSpec.State state = spec.state(wanted);
        if (state == KernelSpec.State.FOREIGN && !force) {
            throw UserError.environment("the kernelspec " + spec.name() + " in "
                    + spec.folder().getParent() + " belongs to " + spec.owner()
                    + "; replace it with: touchstone install --force (the old one is kept), or choose another --name");
        }
        try {
            Optional<String> note = Optional.empty();
            if (state == KernelSpec.State.FOREIGN) {
                String owner = spec.owner();
                note = Optional.of("the kernelspec of " + owner + " was moved to " + spec.setAside());
            }
            if (state != KernelSpec.State.CURRENT) {
                spec.write(wanted, distribution);
            }
            return note;
        } catch (IOException e) {
            throw UserError.environment("the kernelspec could not be written to " + spec.folder() + ": "
                    + Folders.reason(e) + "; use --sys-prefix or --prefix DIR for a folder that you can write to");
        }
    }
}
