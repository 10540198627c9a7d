package touchstone.kernel.magic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code %%name args} on a cell's first line: takes the rest of the cell as it stands. */
@FunctionalInterface
public interface CellMagic {
    @Nullable
    Object run(List<String> args, String body) throws Exception;
}
