package touchstone.kernel.engine;

import touchstone.kernel.javadoc.Javadoc;

/**
 * One thing that a name stands for, such as an overload of a method.
 *
 * @param signature as Java writes it
 * @param javadoc its comment, {@link Javadoc#NONE} where no source tells
 * @param fits whether the arguments at hand are right for it; true where there are none
 */
public record Inspected(String signature, Javadoc javadoc, boolean fits) {}
