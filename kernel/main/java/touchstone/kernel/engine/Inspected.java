package touchstone.kernel.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.javadoc.Javadoc;

/** One thing that a name stands for, such as an overload of a method. Its comment is read when it is asked for. */
public final class Inspected {
    private final String signature;
    private final boolean fits;
    private final Supplier<Javadoc> reader;
    private @Nullable Javadoc javadoc;

    Inspected(String signature, boolean fits, Supplier<Javadoc> reader) {
        this.signature = signature;
        this.fits = fits;
        this.reader = reader;
    }

    /** As Java writes it, without packages. */
    public String signature() {
        return signature;
    }

    /** Whether the arguments at hand are right for it; true where there are none. */
    public boolean fits() {
        return fits;
    }

    /** Its comment; {@link Javadoc#NONE} where no source tells. */
    public synchronized Javadoc javadoc() {
        Javadoc known = javadoc;
        if (known == null) {
            known = reader.get();
            javadoc = known;
        }
        return known;
    }
}
