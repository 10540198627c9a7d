package touchstone.nn.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import touchstone.util.Archive;

/** A token a word: what white space parts. Decoding joins words by one space. */
public final class WordTokenizer implements Tokenizer {
    private static final String KIND = "words";

    private final Vocabulary vocabulary;

    private WordTokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The words of texts, in the order in which they first occur. */
    public static WordTokenizer of(List<String> corpus) {
        return new WordTokenizer(Vocabulary.of(
                corpus.stream().flatMap(t -> Arrays.stream(split(t))).distinct().toList()));
    }

    /** These words, in this order; each once, none with white space. */
    public static WordTokenizer ofVocabulary(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (split(words.get(i)).length != 1) {
                throw new IllegalArgumentException(
                        "words[" + i + "] must be one word without white space, was '" + words.get(i) + "'");
            }
        }
        return new WordTokenizer(Vocabulary.of(words));
    }

    /** Reads what {@link #save} wrote. */
    public static WordTokenizer load(Path file) {
        var found = new ArrayList<WordTokenizer>();
        Archive.load(file, archive -> found.add(ofVocabulary(List.of("?")).keep(archive)));
        return found.get(0);
    }

    @Override
    public void save(Path file) {
        Archive.save(file, this::keep);
    }

    private WordTokenizer keep(Archive archive) {
        archive.demand("kind of tokens", KIND);
        return new WordTokenizer(Vocabulary.keep(vocabulary, archive));
    }

    private static String[] split(String text) {
        String inner = text.strip();
        return inner.isEmpty() ? new String[0] : inner.split("\\s+", -1);
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text) {
        String[] words = split(text);
        var ids = new int[words.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = vocabulary.id(words[i], "word " + i);
        }
        return ids;
    }

    @Override
    public String decode(int... ids) {
        return Arrays.stream(ids).mapToObj(vocabulary::token).collect(Collectors.joining(" "));
    }
}
