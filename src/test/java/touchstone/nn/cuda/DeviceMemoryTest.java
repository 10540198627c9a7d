package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import touchstone.nn.Tensor;

/** The card's memory, counted by the stub. */
class DeviceMemoryTest {
    private static final Stub.Calls STUB = Stub.calls();

    /** 512 bytes at least; else at most an eighth is wasted, and classes rise. */
    @Test
    void sizeClassesWasteAtMostAnEighth() {
        assertEquals(512, DeviceMemory.sizeClass(0));
        assertEquals(1 << 20, DeviceMemory.sizeClass(1 << 20));
        assertEquals((1 << 20) + (1 << 17), DeviceMemory.sizeClass((1 << 20) + 1));
        long before = 0;
        for (long bytes = 4096; bytes < 1L << 34; bytes += bytes / 7 + 1) {
            long size = DeviceMemory.sizeClass(bytes);
            assertTrue(size >= bytes && size <= bytes + bytes / 8 && size >= before, bytes + " gave " + size);
            assertEquals(size, DeviceMemory.sizeClass(size));
            before = size;
        }
    }

    /**
     * Ten thousand steps that each make tensors of 64 KB under a cap of 4 MB. Most give them back; of those 200 that drop them
     * 62 would fill the cap, so that the collector has to give back what nobody holds, three times: no more often, because in a
     * process that holds much each time takes a second. After the end nothing is lent.
     */
    @Test
    void tenThousandStepsLeakNothing() {
        long live = STUB.stub_count("live");
        long pinned = STUB.stub_count("pinned");
        long handles = STUB.stub_count("handles");
        CudaBackend card = Stub.backend(CudaOptions.of(Map.of("TOUCHSTONE_CUDA_MEMORY", "4m")));
        long most = 0;
        for (int step = 0; step < 10_000; step++) {
            Tensor x = card.zeros(128, 128);
            x.set(0, 0, step);
            Tensor y = card.zeros(1, 1);
            card.ab(x.block(0, 1, 0, 1), x.block(0, 1, 0, 1), y);
            assertEquals((float) step * step, y.get(0, 0));
            if (step % 50 != 0) {
                CudaBackend.free(y);
                CudaBackend.free(x);
            }
            most = Math.max(most, STUB.stub_count("live") - live);
        }
        assertTrue(most <= 4 << 20, "held " + most);
        card.close();
        assertEquals(live, STUB.stub_count("live"));
        assertEquals(pinned, STUB.stub_count("pinned"));
        assertEquals(handles, STUB.stub_count("handles"));
        assertEquals(0, STUB.stub_torn());
    }

    /** Freed explicitly, every byte goes back to the driver at the end. */
    @Test
    void whatIsFreedIsReturned() {
        long live = STUB.stub_count("live");
        CudaBackend card = Stub.backend();
        for (int i = 0; i < 100; i++) {
            Tensor x = card.zeros(i + 1, 300);
            card.fill(x, 1);
            CudaBackend.free(x);
            assertEquals(0, x.get(i, 299));
        }
        card.close();
        assertEquals(live, STUB.stub_count("live"));
    }

    /** Three parts of the pinned buffers, the last one small, both ways. */
    @Test
    void longCopiesArriveWhole() {
        CudaBackend card = Stub.backend();
        int n = (2 << 20) + 17;
        var numbers = new double[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = i % 8191 - 4000;
        }
        Tensor x = card.zeros(1, n);
        x.copyFrom(numbers, 0);
        card.scale(2, x.block(0, 1, 0, 1)); // to the card
        numbers[0] *= 2;
        var back = new double[n];
        x.copyTo(back, 0);
        assertArrayEquals(numbers, back);
        card.close();
    }
}
