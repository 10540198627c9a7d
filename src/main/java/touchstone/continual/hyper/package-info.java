/** Learning the dynamics of one system after another: networks that generate a network for each, and what they are measured against. */
@NullMarked
package touchstone.continual.hyper;

import org.jspecify.annotations.NullMarked;
