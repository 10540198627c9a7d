package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    @TempDir
    Path folder;

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }

    @Test
    void charactersAreSortedAndComeBack() {
        CharTokenizer t = CharTokenizer.of("hello, \uD83D\uDE00");
        assertEquals(List.of(" ", ",", "e", "h", "l", "o", "\uD83D\uDE00"), t.characters());
        assertArrayEquals(new int[] {3, 5, 4, 6}, t.encode("hol\uD83D\uDE00"));
        assertEquals("hol\uD83D\uDE00", t.decode(t.encode("hol\uD83D\uDE00")));
        assertEquals(0, t.encode("").length);
    }

    @Test
    void wordsAreInOrderOfFirstUseAndComeBack() {
        WordTokenizer t = WordTokenizer.of(List.of("the cat  sees", "the dog"));
        assertEquals(List.of("the", "cat", "sees", "dog"), t.vocabulary().tokens());
        assertArrayEquals(new int[] {3, 2, 0, 1}, t.encode(" dog sees\nthe cat "));
        assertEquals("dog sees", t.decode(3, 2));
        assertEquals(3, t.id("dog"));
        assertEquals("sees", t.token(2));
        assertEquals(4, t.size());
    }

    @Test
    void tokensOutsideAreNamedWithTheirPlace() {
        assertEquals(
                "'x' (character 2) is not among the 2 tokens of the vocabulary, a b; make the vocabulary from a text that holds it",
                message(() -> CharTokenizer.ofVocabulary("ab").encode("abxa")));
        assertEquals(
                "'zebra' (word 1) is not among the 2 tokens of the vocabulary, a b; make the vocabulary from a text that holds it",
                message(() -> WordTokenizer.ofVocabulary(List.of("a", "b")).encode("a zebra")));
        assertEquals("token must lie in [0, 2), was 2", message(() -> CharTokenizer.ofVocabulary("ab")
                .decode(2)));
    }

    @Test
    void badVocabulariesAreRefused() {
        assertEquals(
                "vocabulary must hold each token once, had 'a' as 0 and as 2",
                message(() -> CharTokenizer.ofVocabulary("aba")));
        assertEquals(
                "words[1] must be one word without white space, was 'b c'",
                message(() -> WordTokenizer.ofVocabulary(List.of("a", "b c"))));
        assertTrue(message(() -> CharTokenizer.of("")).startsWith("vocabulary"));
    }

    @Test
    void aSavedVocabularyComesBackAndAnotherKindIsRefused() {
        Path file = folder.resolve("words");
        WordTokenizer.of(List.of("one caf\u00e9 \uD83D\uDE00")).save(file);
        assertEquals(
                List.of("one", "caf\u00e9", "\uD83D\uDE00"),
                WordTokenizer.load(file).vocabulary().tokens());
        assertTrue(message(() -> CharTokenizer.load(file)).endsWith("must be characters, was words"));
        CharTokenizer.of("ba").save(file);
        assertEquals(List.of("a", "b"), CharTokenizer.load(file).characters());
    }
}
