/** Arithmetic of networks on NVIDIA cards, through the system's driver and cuBLAS; nothing is compiled on the user's machine. */
@NullMarked
package touchstone.nn.cuda;

import org.jspecify.annotations.NullMarked;
