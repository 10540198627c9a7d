package touchstone.kernel.magic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code %name args}: runs where it stands in a cell; a non-null result is what the call returns. */
@FunctionalInterface
public interface LineMagic {
    @Nullable
    Object run(List<String> args) throws Exception;
}
