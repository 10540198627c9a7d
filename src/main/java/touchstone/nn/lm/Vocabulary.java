package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import touchstone.util.Archive;
import touchstone.util.Check;

/** Tokens with their numbers: distinct texts, numbered from 0 in their order. */
public final class Vocabulary {
    private final List<String> tokens;
    private final Map<String, Integer> ids = new HashMap<>();

    private Vocabulary(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
        Check.nonEmpty(tokens.size(), "vocabulary");
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isEmpty()) {
                throw new IllegalArgumentException("vocabulary[" + i + "] must not be empty");
            }
            Integer before = ids.put(tokens.get(i), i);
            if (before != null) {
                throw new IllegalArgumentException("vocabulary must hold each token once, had '" + tokens.get(i)
                        + "' as " + before + " and as " + i);
            }
        }
    }

    /** The tokens, by number; each once, none empty. */
    public static Vocabulary of(List<String> tokens) {
        return new Vocabulary(tokens);
    }

    public int size() {
        return tokens.size();
    }

    /** All tokens, by number. */
    public List<String> tokens() {
        return tokens;
    }

    /** The token of a number in [0, size). */
    public String token(int id) {
        return tokens.get(Check.index(id, tokens.size(), "token"));
    }

    /** The number of a token; {@code place} says where it stands, for the message. */
    int id(String token, String place) {
        Integer found = ids.get(token);
        if (found == null) {
            throw new IllegalArgumentException("'" + token + "' (" + place + ") is not among the " + tokens.size()
                    + " tokens of the vocabulary, " + sketch() + "; make the vocabulary from a text that holds it");
        }
        return found;
    }

    private String sketch() {
        String some = String.join(" ", tokens.subList(0, Math.min(12, tokens.size())));
        return tokens.size() > 12 ? some + " ..." : some;
    }

    /** Tells the tokens of a vocabulary, as code points; gives the saved one when loading. */
    static Vocabulary keep(Vocabulary vocabulary, Archive archive) {
        int[] lengths = vocabulary.tokens.stream()
                .mapToInt(t -> t.codePointCount(0, t.length()))
                .toArray();
        int[] points =
                vocabulary.tokens.stream().flatMapToInt(String::codePoints).toArray();
        int[] keptLengths = archive.keep("lengths of tokens", lengths);
        int[] kept = archive.keep("characters of tokens", points);
        var tokens = new ArrayList<String>();
        int at = 0;
        for (int length : keptLengths) {
            tokens.add(new String(Arrays.copyOfRange(kept, at, at + length), 0, length));
            at += length;
        }
        return of(tokens);
    }
}
