/** The command line: {@code touchstone run, install, lab, doctor, ...}. */
@NullMarked
package touchstone.cli;

import org.jspecify.annotations.NullMarked;
