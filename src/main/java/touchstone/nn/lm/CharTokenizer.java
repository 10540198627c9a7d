package touchstone.nn.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import touchstone.util.Archive;

/** A token a character (a code point). */
public final class CharTokenizer implements Tokenizer {
    private static final String KIND = "characters";

    private final Vocabulary vocabulary;

    private CharTokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The characters of a text, in the order of their code points. */
    public static CharTokenizer of(String corpus) {
        return new CharTokenizer(Vocabulary.of(corpus.codePoints()
                .distinct()
                .sorted()
                .mapToObj(Character::toString)
                .toList()));
    }

    /** These characters, in this order; each once. */
    public static CharTokenizer ofVocabulary(String characters) {
        return new CharTokenizer(Vocabulary.of(
                characters.codePoints().mapToObj(Character::toString).toList()));
    }

    /** Reads what {@link #save} wrote. */
    public static CharTokenizer load(Path file) {
        var found = new ArrayList<CharTokenizer>();
        Archive.load(file, archive -> found.add(ofVocabulary("?").keep(archive)));
        return found.get(0);
    }

    @Override
    public void save(Path file) {
        Archive.save(file, this::keep);
    }

    private CharTokenizer keep(Archive archive) {
        archive.demand("kind of tokens", KIND);
        return new CharTokenizer(Vocabulary.keep(vocabulary, archive));
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text) {
        int[] points = text.codePoints().toArray();
        var ids = new int[points.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = vocabulary.id(Character.toString(points[i]), "character " + i);
        }
        return ids;
    }

    @Override
    public String decode(int... ids) {
        var out = new StringBuilder();
        for (int id : ids) {
            out.append(vocabulary.token(id));
        }
        return out.toString();
    }

    /** The characters as a list of one-character texts. */
    public List<String> characters() {
        return vocabulary.tokens();
    }
}
