package touchstone.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverwritingTest {
    /** What a terminal shows after each text; backslashes stand for themselves in Java's escapes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain\\ntext\\n|plain\\ntext\\n",
                "0 %\\r50 %\\r100 %\\n|100 %\\n",
                "100 left\\r9 left|9 leftft",
                "windows\\r\\nlines\\r\\n|windows\\nlines\\n",
                "50 %\\r|50 %\\r",
                "a\\rb\\nc\\rd\\n\\n|b\\nd\\n\\n",
                "\\e[32mlong text\\e[0m\\r\\e[32mend\\e[0m\\n|\\e[32mend\\e[0m\\n",
                "\\rstart|start",
            })
    void leavesWhatATerminalWould(String printed, String left) {
        assertEquals(unescaped(left), Overwriting.result(unescaped(printed)));
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\e", "\u001b");
    }
}
