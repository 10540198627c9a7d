package touchstone.nn.cuda;

import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/** A card to be measured: its backend, and what a stopwatch needs beside it. Models need none of this. */
public final class CudaMeter implements AutoCloseable {
    private final CudaBackend backend;

    CudaMeter(CudaBackend backend) {
        this.backend = backend;
    }

    /** A backend of its own, with memory and a stream that {@link #close} gives back; otherwise as {@link Cuda#floats}. */
    public static CudaMeter open(CudaOptions options) {
        return new CudaMeter(Cuda.open(options));
    }

    public Backend backend() {
        return backend;
    }

    public Card card() {
        return backend.context.device();
    }

    /** Waits until everything has run. */
    public void synchronize() {
        backend.context.synchronize();
    }

    /** Gives a tensor's memory on the card back at once; it is zero from here on. */
    public void free(Tensor x) {
        CudaBackend.free(x);
    }

    /** Bytes of the card's memory that are held, in use or kept for use again. */
    public long held() {
        return backend.context.memory().held();
    }

    /** Gives memory that is kept for use again back to the driver. */
    public void trim() {
        backend.context.enter();
        backend.context.memory().trim();
    }

    /** Buffers of so many bytes, a multiple of 4, to copy between. */
    public CudaCopies copies(int bytes) {
        return new CudaCopies(backend.context, bytes);
    }

    @Override
    public void close() {
        backend.close();
    }
}
