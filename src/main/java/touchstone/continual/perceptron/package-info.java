/** A perceptron of binary weights that learns tasks one after the other: a posterior over the weights becomes the next prior. */
@NullMarked
package touchstone.continual.perceptron;

import org.jspecify.annotations.NullMarked;
