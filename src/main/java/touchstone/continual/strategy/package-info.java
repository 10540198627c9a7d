/**
 * Continual-learning strategies over networks: what to do at each step and at the end of each task so that earlier tasks are
 * not forgotten. A strategy is a record of options; {@link touchstone.continual.strategy.Strategy#start} gives a learner that
 * changes one network.
 */
@NullMarked
package touchstone.continual.strategy;

import org.jspecify.annotations.NullMarked;
