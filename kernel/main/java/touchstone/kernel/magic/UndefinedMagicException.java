package touchstone.kernel.magic;

import java.util.Set;

/** A magic that nobody registered. */
public final class UndefinedMagicException extends MagicException {
    private static final long serialVersionUID = 1;

    public UndefinedMagicException(String name, Set<String> known) {
        super("there is no magic " + name + "; known: " + String.join(", ", known));
    }
}
