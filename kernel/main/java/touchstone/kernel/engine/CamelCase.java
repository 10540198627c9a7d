package touchstone.kernel.engine;

/** Matches abbreviations of names. */
final class CamelCase {
    private CamelCase() {}

    /** Whether each capital of {@code typed} begins a word of {@code name}, with the letters between: tUC, toUpC, HM. */
    static boolean matches(String typed, String name) {
        return matches(typed, 0, name, 0);
    }

    /** Whether the letters of {@code typed} occur in {@code name} in this order, the first at its start; case does not count. */
    static boolean inOrder(String typed, String name) {
        if (typed.isEmpty()
                || name.isEmpty()
                || Character.toLowerCase(typed.charAt(0)) != Character.toLowerCase(name.charAt(0))) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < name.length() && at < typed.length(); i++) {
            if (Character.toLowerCase(name.charAt(i)) == Character.toLowerCase(typed.charAt(at))) {
                at++;
            }
        }
        return at == typed.length() && typed.length() > 1;
    }

    private static boolean matches(String typed, int t, String name, int n) {
        if (t == typed.length()) {
            return true;
        }
        if (n >= name.length()) {
            return false;
        }
        if (typed.charAt(t) == name.charAt(n)) {
            if (matches(typed, t + 1, name, n + 1)) {
                return true;
            }
        } else if (n == 0) {
            return false;
        }
        // on to the next word of the name that begins with the letter wanted
        if (!Character.isUpperCase(typed.charAt(t))) {
            return false;
        }
        for (int i = n + (typed.charAt(t) == name.charAt(n) ? 1 : 0); i < name.length(); i++) {
            if (name.charAt(i) == typed.charAt(t)) {
                return matches(typed, t + 1, name, i + 1);
            }
        }
        return false;
    }
}
