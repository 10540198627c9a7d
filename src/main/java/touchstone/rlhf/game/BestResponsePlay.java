package touchstone.rlhf.game;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Patching in turn: the defender takes the best defence against the last attack, then the attacker the best attack
 * against that defence, and so on; the first of several equally good ones. There are finitely many attacks, so the
 * play comes back to one it has played and goes round for ever; it stands still only where there is an equilibrium in
 * pure strategies.
 *
 * @param attacks the attack of each round until the first repeats
 * @param defences the defence of each round, which answers that attack
 * @param cycle length of the cycle; 1 at an equilibrium
 * @param exploited what the next attack gains above the least harm a defence could hold it to, on average over the
 *     cycle: the exploitability of each round's pair of pure strategies
 */
@Reference("liu2025chasing")
public record BestResponsePlay(List<Integer> attacks, List<Integer> defences, int cycle, double exploited) {
    public BestResponsePlay {
        attacks = List.copyOf(attacks);
        defences = List.copyOf(defences);
    }

    /** Plays from a first attack until an attack comes back. */
    public static BestResponsePlay from(MatrixGame game, int firstAttack) {
        int attack = Check.index(firstAttack, game.attacks(), "firstAttack");
        var attacks = new ArrayList<Integer>();
        var defences = new ArrayList<Integer>();
        var seen = new HashMap<Integer, Integer>();
        while (!seen.containsKey(attack)) {
            seen.put(attack, attacks.size());
            attacks.add(attack);
            int defence = least(game.defencePayoffs(pure(attack, game.attacks())));
            defences.add(defence);
            attack = most(game.attackPayoffs(pure(defence, game.defences())));
        }
        int start = seen.getOrDefault(attack, 0);
        int cycle = attacks.size() - start;
        double exploited = 0;
        for (int t = start; t < attacks.size(); t++) {
            double[] p = pure(attacks.get(t), game.attacks());
            double[] q = pure(defences.get(t), game.defences());
            exploited += game.exploitability(p, q) / cycle;
        }
        return new BestResponsePlay(attacks, defences, cycle, exploited);
    }

    /** The strategy that always plays one of n actions. */
    public static double[] pure(int action, int n) {
        var p = new double[n];
        p[Check.index(action, n, "action")] = 1;
        return p;
    }

    private static int most(double[] x) {
        int best = 0;
        for (int i = 1; i < x.length; i++) {
            best = x[i] > x[best] ? i : best;
        }
        return best;
    }

    private static int least(double[] x) {
        int best = 0;
        for (int i = 1; i < x.length; i++) {
            best = x[i] < x[best] ? i : best;
        }
        return best;
    }
}
