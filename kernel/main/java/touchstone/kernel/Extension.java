package touchstone.kernel;

import touchstone.kernel.display.Renderers;
import touchstone.kernel.magic.Magics;

/**
 * Adds to the kernel: how a library's types are shown, and magics. Found by {@link java.util.ServiceLoader}, from jars
 * added later too; loaded only when the kernel first meets a value or a magic that is not its own, so that a kernel
 * which does not need a library does not pay for it.
 */
public interface Extension {
    /** Called once. What it throws is reported to the user and disables this extension alone. */
    void install(Renderers renderers, Magics magics);
}
