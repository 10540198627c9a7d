package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import touchstone.kernel.javadoc.Signature;

/** Tells which overloads a call can mean, by the number of its arguments and the names of their types. */
final class Overloads {
    private static final List<String> NUMBERS = List.of("byte", "short", "int", "long", "float", "double");

    private Overloads() {}

    /**
     * For each signature whether the arguments are right for it; all are when none is.
     *
     * @param typeOf the type of an expression, empty where it is not known
     */
    static List<Boolean> fitting(List<Signature> signatures, List<String> arguments, UnaryOperator<String> typeOf) {
        var scores = new ArrayList<Integer>();
        boolean several = signatures.stream()
                        .filter(each -> takes(each, arguments.size()))
                        .count()
                > 1;
        List<String> types =
                several ? arguments.stream().map(typeOf).map(Signature::erase).toList() : List.of();
        for (Signature each : signatures) {
            scores.add(takes(each, arguments.size()) ? score(each, types) : -1);
        }
        int best = scores.stream().mapToInt(Integer::intValue).max().orElse(-1);
        return scores.stream().map(score -> score == best).toList();
    }

    private static boolean takes(Signature signature, int count) {
        int size = signature.parameters().size();
        return size == count || (isVariable(signature) && count >= size - 1);
    }

    private static boolean isVariable(Signature signature) {
        List<Signature.Parameter> parameters = signature.parameters();
        return !parameters.isEmpty()
                && parameters.get(parameters.size() - 1).type().endsWith("...");
    }

    /** Two for each type that is the same, one for a fixed number of parameters; -1 when a number would not fit. */
    private static int score(Signature signature, List<String> types) {
        List<Signature.Parameter> parameters = signature.parameters();
        int score = isVariable(signature) ? 0 : 1;
        for (int i = 0; i < types.size(); i++) {
            Signature.Parameter parameter = parameters.get(Math.min(i, parameters.size() - 1));
            String wanted = Signature.erase(parameter.type().replace("...", ""));
            String given = types.get(i);
            if (NUMBERS.contains(given)
                    && NUMBERS.contains(wanted)
                    && NUMBERS.indexOf(given) > NUMBERS.indexOf(wanted)) {
                return -1;
            }
            score += wanted.equals(given) ? 2 : 0;
        }
        return score;
    }
}
