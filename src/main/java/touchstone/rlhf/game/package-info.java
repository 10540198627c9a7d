/**
 * Zero-sum games between an attacker and a defender: exact equilibria, self-play, and how far a player is from safe.
 */
@NullMarked
package touchstone.rlhf.game;

import org.jspecify.annotations.NullMarked;
