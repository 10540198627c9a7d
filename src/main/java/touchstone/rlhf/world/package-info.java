/**
 * Small made-up languages in which harm, usefulness and manners are known exactly, for policies written token by token.
 */
@NullMarked
package touchstone.rlhf.world;

import org.jspecify.annotations.NullMarked;
