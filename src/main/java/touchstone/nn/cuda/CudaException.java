package touchstone.nn.cuda;

/**
 * A call of the CUDA driver or of cuBLAS that failed; the process lives, and so does whatever lies in its own memory. The message
 * names the call, the code's name and its sentence.
 */
public final class CudaException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final int code;

    CudaException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The number that the call returned; -1 where a library or a symbol is missing. */
    public int code() {
        return code;
    }

    static CudaException missing(String message) {
        return new CudaException(-1, message);
    }

    /** A failed call of the driver, with what to do where something can be done. */
    static CudaException of(String call, int code, String name, String sentence) {
        return new CudaException(code, call + " failed with " + name + " (" + code + "): " + sentence + advice(code));
    }

    private static String advice(int code) {
        return switch (code) {
            case Driver.NO_DEVICE -> "; see whether nvidia-smi lists a card, and whether CUDA_VISIBLE_DEVICES hides it";
            case 214,
                    700,
                    702,
                    709,
                    715,
                    716,
                    717,
                    718,
                    719 -> // errors after which the driver refuses every further call
                "; this or an earlier kernel failed and the card's context is lost: restart the notebook's kernel to use the card again"
                        + " (what lies in the processor's memory is not lost)";
            case 218, 222 -> "; the driver cannot compile our PTX: update it, see touchstone doctor";
            case 803, 804 -> "; the driver's library and its kernel module differ: restart the machine after an update";
            default -> "";
        };
    }
}
