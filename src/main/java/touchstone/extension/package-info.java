/** Shows the library's objects in the kernel; the only package that knows the kernel. */
@NullMarked
package touchstone.extension;

import org.jspecify.annotations.NullMarked;
