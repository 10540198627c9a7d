/** Switching bandits: agents that go on learning against agents that stop. */
@NullMarked
package touchstone.continual.bandit;

import org.jspecify.annotations.NullMarked;
