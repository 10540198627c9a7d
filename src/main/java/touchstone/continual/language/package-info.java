/** A small language model of our own, whose word embeddings serve as targets for classes. */
@NullMarked
package touchstone.continual.language;

import org.jspecify.annotations.NullMarked;
