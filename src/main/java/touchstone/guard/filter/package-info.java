/** Choosing among a model's answers: a rater of safety, best of many, and a tool that answers are grounded by. */
@NullMarked
package touchstone.guard.filter;

import org.jspecify.annotations.NullMarked;
