/**
 * The lifelong-learning metrics of the L2M programme over logs of learning and evaluation experiences: performance
 * maintenance, forward and backward transfer, relative performance, sample efficiency and recovery. Numbers are those of the
 * published {@code l2metrics} program, its sharp edges included; where it gives none, NaN.
 */
@NullMarked
package touchstone.continual.l2m;

import org.jspecify.annotations.NullMarked;
