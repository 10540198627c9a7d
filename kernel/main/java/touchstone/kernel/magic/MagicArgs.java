package touchstone.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of one call of a magic: options are taken out one by one, what is left are the plain ones. */
public final class MagicArgs {
    private final String magic;
    private final List<String> rest;

    /** @param magic the magic with its percent signs, for messages */
    public MagicArgs(String magic, List<String> args) {
        this.magic = magic;
        rest = new ArrayList<>(args);
    }

    /** Takes out an option without a value, such as {@code -a}; returns whether it was there. */
    public boolean flag(String option) {
        return rest.remove(option);
    }

    /** Takes out an option with a value, {@code -n 10} or {@code -n10}. */
    public Optional<String> value(String option) {
        for (int i = 0; i < rest.size(); i++) {
            String arg = rest.get(i);
            if (arg.equals(option)) {
                if (i + 1 == rest.size()) {
                    throw new MagicException(magic + ": " + option + " needs a value");
                }
                rest.remove(i);
                return Optional.of(rest.remove(i));
            }
            if (arg.startsWith(option) && arg.length() > option.length()) {
                return Optional.of(rest.remove(i).substring(option.length()));
            }
        }
        return Optional.empty();
    }

    /** Takes out an option whose value is a whole number from 1. */
    public Optional<Long> count(String option) {
        return value(option).map(text -> {
            try {
                long number = Long.parseLong(text);
                if (number >= 1) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new MagicException(magic + ": " + option + " must be a whole number from 1, was " + text);
        });
    }

    /** The plain arguments; an option that was not taken is an error. */
    public List<String> plain() {
        for (String arg : rest) {
            if (arg.startsWith("-") && arg.length() > 1) {
                throw new MagicException(magic + " has no option " + arg + "; see %help " + magic.replace("%", ""));
            }
        }
        return List.copyOf(rest);
    }

    /** The one plain argument. */
    public String one(String what) {
        List<String> plain = plain();
        if (plain.size() != 1) {
            throw new MagicException(magic + " needs " + what + ", and one only: it was given " + plain.size());
        }
        return plain.get(0);
    }

    /** The plain argument, if there is one; more than one is an error. */
    public Optional<String> atMostOne(String what) {
        return plain().isEmpty() ? Optional.empty() : Optional.of(one(what));
    }

    /** Makes sure that no argument is left. */
    public void none() {
        if (!plain().isEmpty()) {
            throw new MagicException(magic + " takes no " + rest.get(0) + "; see %help " + magic.replace("%", ""));
        }
    }
}
