/** Data sets that ship, and a registry of those a user fetches, verified by sha256. */
@NullMarked
package touchstone.data;

import org.jspecify.annotations.NullMarked;
