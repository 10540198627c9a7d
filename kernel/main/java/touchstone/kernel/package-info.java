/** The Jupyter kernel: wires protocol, engine, display and magics together; extensions come in through {@link touchstone.kernel.Extension}. */
@NullMarked
package touchstone.kernel;

import org.jspecify.annotations.NullMarked;
