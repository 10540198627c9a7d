package touchstone.course.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.notebook.NotebookException;

class CourseKeyTest {
    private static final CourseKey KEY =
            CourseKey.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    @TempDir
    private Path course = Path.of("");

    /**
     * The numbers are of Python 3: {@code d = hmac.new(bytes(range(32)), "\0".join((student, assignment,
     * exercise)).encode(), hashlib.sha256).digest(); next(w for w in (int.from_bytes(d[i:i+8], "big") for i in (0, 8, 16,
     * 24)) if w < 2**64 // size * size) % size}. Of the last the first word is refused.
     */
    @ParameterizedTest
    @CsvSource({
        "ada, ps1, setup.n, 31, 23",
        "bob, ps1, setup.n, 31, 6",
        "ada, ps1, bt-test.rate, 9, 2",
        "Zoë, ps2, a.k, 3, 1",
        "ada, ps1, setup.n, 9007199254740991, 929865329488087",
        "ada, ps1, x1229, 9002803354665472, 6821355574314161"
    })
    void drawsAreWhatHmacSaysElsewhere(String student, String assignment, String exercise, long size, long drawn) {
        assertEquals(drawn, KEY.draw(student, assignment, exercise, size));
    }

    @Test
    void drawsAreEquallyLikely() {
        var counts = new int[7];
        int n = 7000;
        for (int i = 0; i < n; i++) {
            counts[(int) KEY.draw("student" + i, "ps1", "setup.n", 7)]++;
        }
        double chi = 0;
        for (int count : counts) {
            chi += (count - n / 7.0) * (count - n / 7.0) / (n / 7.0);
        }
        assertTrue(chi < 22.46, "chi-square with 6 degrees of freedom, p = 0.001: " + chi);
        assertEquals(0, KEY.draw("ada", "ps1", "setup.n", 1));
        String refused = assertThrows(IllegalArgumentException.class, () -> KEY.draw("ada", "ps1", "setup.n", 0))
                .getMessage();
        assertEquals("size must lie in [1, 2^53], was 0", refused);
    }

    @Test
    void aNewKeyIsForThisUserAloneAndStays() throws Exception {
        CourseKey made = CourseKey.ofOrNew(course);
        Path file = course.resolve(CourseKey.FILE);
        String digits = Files.readString(file);
        assertTrue(digits.matches("[0-9a-f]{64}\n"), "64 digits");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals(
                made.draw("ada", "ps1", "setup.n", 1L << 53),
                CourseKey.ofOrNew(course).draw("ada", "ps1", "setup.n", 1L << 53));
        assertEquals(digits, Files.readString(file));
        assertFalse(made.toString().contains(digits.strip()), "nothing says the key");
    }

    @Test
    void aKeyThatIsNoneIsNamedAndNotReplaced() throws Exception {
        Path file = course.resolve(CourseKey.FILE);
        String lost = assertThrows(NotebookException.class, () -> CourseKey.of(course))
                .getMessage();
        assertEquals(
                "cannot read " + file
                        + "; put it back from a backup: without it nobody can tell which numbers a student was given.",
                lost);
        Files.writeString(file, "secret\n");
        String malformed = assertThrows(NotebookException.class, () -> CourseKey.ofOrNew(course))
                .getMessage();
        assertEquals(
                file + " must hold 64 hexadecimal digits; put it back from a backup: another key draws other numbers.",
                malformed);
        assertEquals("secret\n", Files.readString(file));
    }
}
