package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Memory;
import org.junit.jupiter.api.Test;

/** The emulator finds the faults that it is there to find. */
class EmulatorTest {
    private static String fault(String kernel) {
        Cells x = Cells.floats(1, 64, 0);
        return String.valueOf(assertThrows(AssertionError.class, () -> Device.launch(kernel, x))
                .getMessage());
    }

    @Test
    void findsBarriersThatNotAllThreadsReach() {
        assertTrue(fault("ts_fault_barrier").contains("expected: <0> but was: <3>"), fault("ts_fault_barrier"));
    }

    @Test
    void findsRaces() {
        assertTrue(fault("ts_fault_race").contains("ts_fault_race gave other bits on"), fault("ts_fault_race"));
    }

    @Test
    void findsWritesOutside() {
        assertTrue(fault("ts_fault_bounds").contains("wrote to cell 64 of [1, 64]"), fault("ts_fault_bounds"));
    }

    @Test
    void refusesUnknownKernelsAndSizes() {
        try (Memory none = new Memory(8)) {
            assertEquals(1, Emulator.calls().ts_emulate("ts_none", 1, 1, 1, 1, 1, 1, 0, none));
            assertEquals(2, Emulator.calls().ts_emulate("ts_fill", 0, 1, 1, 1, 1, 1, 0, none));
            assertEquals(2, Emulator.calls().ts_emulate("ts_fill", 1, 1, 1, 1025, 1, 1, 0, none));
        }
    }

    @Test
    void holdsEveryKernel() {
        for (String name : KernelSource.ALL.keySet()) {
            assertEquals(1, Emulator.calls().ts_emulated(name), name);
        }
        assertEquals(0, Emulator.calls().ts_emulated("ts_none"));
    }
}
