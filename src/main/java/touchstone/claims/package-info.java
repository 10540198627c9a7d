/** Documented claims checked against measured values: verdicts, intervals and provenance. */
@NullMarked
package touchstone.claims;

import org.jspecify.annotations.NullMarked;
