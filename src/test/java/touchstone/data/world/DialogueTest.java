package touchstone.data.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class DialogueTest {
    @Test
    void readsAndWritesWords() {
        var said = Dialogue.of("copy a b", "a b .");
        assertEquals(List.of("copy", "a", "b"), said.prompt());
        assertEquals("copy a b a b .", said.text());
        assertEquals(List.of("no", "."), said.withAnswer(List.of("no", ".")).answer());
    }

    @Test
    void wordsThatAreNoneAreNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> Dialogue.of("copy  b", "."))
                .getMessage();
        assertEquals("prompt[1] must be a word without white space, was ''", message);
        assertThrows(IllegalArgumentException.class, () -> new Dialogue(List.of("a"), List.of()));
    }
}
