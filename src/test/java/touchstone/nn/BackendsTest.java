package touchstone.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "cpu", "nd4j-cuda"})
    void networksStayOnTheProcessor(String choice) {
        assertFalse(Backends.isCuda(choice));
    }

    @Test
    void cudaIsTheCard() {
        assertTrue(Backends.isCuda("cuda"));
    }

    @Test
    void aWordThatIsNoBackendIsNamedWithTheThree() {
        var e = assertThrows(IllegalArgumentException.class, () -> Backends.isCuda("CUDA"));
        assertEquals("TOUCHSTONE_BACKEND must be cpu, cuda or nd4j-cuda, was CUDA", e.getMessage());
    }
}
