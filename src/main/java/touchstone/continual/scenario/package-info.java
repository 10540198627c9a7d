/** Streams of tasks made from any labelled data, and the trainer that takes a strategy through them. */
@NullMarked
package touchstone.continual.scenario;

import org.jspecify.annotations.NullMarked;
