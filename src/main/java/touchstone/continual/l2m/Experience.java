package touchstone.continual.l2m;

/**
 * One line of a learning log.
 *
 * @param block number of the block, rising through the log
 * @param learning whether the agent learned in it (block type "train") rather than was evaluated ("test")
 * @param subtype "wake" or "sleep"
 * @param task name of the task, such as "cart_pole"
 * @param number number of the experience, rising through the log
 * @param performance the logged measure; NaN when it was not logged
 */
public record Experience(int block, boolean learning, String subtype, String task, long number, double performance) {}
