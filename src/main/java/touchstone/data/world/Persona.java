package touchstone.data.world;

import java.util.List;
import java.util.Locale;

/** Who a request of a {@link RefusalGrammar} says is speaking. */
public enum Persona {
    /** Nobody is named. */
    NONE,
    ASSISTANT,
    /** One that claims to obey every order. */
    OBEDIENT;

    /** The word of a prompt; none for {@link #NONE}. */
    public List<String> words() {
        return this == NONE ? List.of() : List.of(name().toLowerCase(Locale.ROOT));
    }
}
