package touchstone.nn.bench;

import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;

/** The processor, with as many threads as it has. */
final class HostMachine implements Machine {
    private final Backend floats = Cpu.floats();

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public Backend backend(Precision precision) {
        return floats;
    }

    @Override
    public boolean has(Precision precision) {
        return precision == Precision.FP32;
    }

    /** Nothing is left to do when a method returns. */
    @Override
    public void synchronize() {}

    /** The collector does it. */
    @Override
    public void free(Tensor... tensors) {}
}
