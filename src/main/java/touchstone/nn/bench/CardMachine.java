package touchstone.nn.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.CudaException;
import touchstone.nn.cuda.CudaMatrices;
import touchstone.nn.cuda.CudaMeter;
import touchstone.nn.cuda.CudaOptions;

/** A card; for each precision a backend, opened when it is first asked for. */
final class CardMachine implements Machine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CardMachine.class);

    private static final long LITTLE = 64L << 20; // bytes

    private final Function<CudaOptions.Precision, CudaMeter> opener;
    private final Map<Precision, CudaMeter> open = new EnumMap<>(Precision.class);

    CardMachine(Function<CudaOptions.Precision, CudaMeter> opener) {
        this.opener = opener;
    }

    CudaMeter meter(Precision precision) {
        return open.computeIfAbsent(precision, p -> opener.apply(setting(p)));
    }

    /** The precision as the backend's options name it. */
    static CudaOptions.Precision setting(Precision precision) {
        return switch (precision) {
            case FP32 -> CudaOptions.Precision.EXACT;
            case TF32 -> CudaOptions.Precision.TF32;
            case BF16 -> CudaOptions.Precision.BF16;
        };
    }

    /** Algebra of tensors of the exact backend. */
    CudaMatrices matrices() {
        return CudaMatrices.on(backend(Precision.FP32));
    }

    /** Numbers in [-1, 1), made on the card. */
    Tensor uniform(int rows, int columns, long seed) {
        Tensor x = backend(Precision.FP32).zeros(rows, columns);
        matrices().uniform(x, seed);
        return x;
    }

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public Backend backend(Precision precision) {
        return meter(precision).backend();
    }

    @Override
    public boolean has(Precision precision) {
        return true;
    }

    @Override
    public void synchronize() {
        open.values().forEach(CudaMeter::synchronize);
    }

    @Override
    public void free(Tensor... tensors) {
        for (Tensor t : tensors) {
            meter(Precision.FP32).free(t);
        }
    }

    /** Gives back what an operation left, so that the next one finds the card empty. */
    void trim() {
        if (open.values().stream().mapToLong(CudaMeter::held).sum() > LITTLE) {
            System.gc(); // finds the tensors that nobody holds
        }
        open.values().forEach(meter -> quietly(meter, CudaMeter::trim));
    }

    @Override
    public void close() {
        open.values().forEach(meter -> quietly(meter, CudaMeter::close));
    }

    /** A card that was lost has been told of by then, by the operation that lost it. */
    private static void quietly(CudaMeter meter, Consumer<CudaMeter> work) {
        try {
            work.accept(meter);
        } catch (CudaException e) {
            LOG.debug("the card failed after a measurement", e);
        }
    }
}
