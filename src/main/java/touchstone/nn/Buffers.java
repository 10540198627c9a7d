package touchstone.nn;

import java.util.HashMap;
import java.util.Map;

/** Tensors a layer uses again at each pass: one a name, made anew only when more rows or other columns are asked for. */
public final class Buffers {
    private final Backend backend;
    private final Map<String, Tensor> held = new HashMap<>();

    Buffers(Backend backend) {
        this.backend = backend;
    }

    /** The buffer of that name in that shape; it holds whatever was left there. */
    public Tensor take(String name, int rows, int columns) {
        Tensor found = held.get(name);
        if (found == null || found.columns() != columns || found.rows() < rows) {
            found = backend.zeros(rows, columns);
            held.put(name, found);
        }
        return found.head(rows);
    }
}
