/** Jupyter's wire protocol 5.5 over ZeroMQ: messages, signatures, channels. Knows nothing of Java evaluation. */
@NullMarked
package touchstone.kernel.protocol;

import org.jspecify.annotations.NullMarked;
