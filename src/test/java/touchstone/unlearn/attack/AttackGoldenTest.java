package touchstone.unlearn.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import touchstone.metrics.TprAtFpr;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class AttackGoldenTest {
    @Test
    void tokenScores() {
        GoldenCase c = GoldenCase.of("unlearn_mia", "token_scores", 1).get(0);
        double[][] vocabulary = Golden.matrix(c.input().get("vocab_logprob"));
        int[] tokens = Golden.integers(c.input().get("token"));
        var logP = new double[tokens.length];
        for (int t = 0; t < tokens.length; t++) {
            logP[t] = vocabulary[t][tokens[t]];
        }
        String text = c.input().get("text").getAsString();
        c.assertClose("loss", TokenScores.loss(logP));
        c.assertClose("mink20", TokenScores.minK(logP, 0.2));
        c.assertClose("mink40", TokenScores.minK(logP, 0.4));
        c.assertClose("mink_pp20", TokenScores.minKPlusPlus(vocabulary, tokens, 0.2));
        c.assertClose("mink_pp40", TokenScores.minKPlusPlus(vocabulary, tokens, 0.4));
        c.assertClose("zlib_len", TokenScores.packed(text));
        c.assertClose("zlib", TokenScores.zlib(logP, text));
        c.assertClose("reference", TokenScores.reference(logP, c.number("ref_avg_loss")));
    }

    @Test
    void aucTprAndPrivacyLeakage() {
        GoldenCase c = GoldenCase.of("unlearn_mia", "auc_privleak", 1).get(0);
        double[] forget = c.in("forget_score");
        double[] holdout = c.in("holdout_score");
        AttackResult attack = AttackResult.ofLosses(forget, holdout);
        c.assertClose("auc_open_unlearning", attack.auc());
        c.assertClose("privleak_percent", attack.privacyLeakage(c.number("retrain_auc")));
        c.assertClose("rel_diff_percent", attack.relativeDifference(c.number("retrain_auc")));
        var f = java.util.Arrays.stream(forget).map(x -> -x).toArray();
        var h = java.util.Arrays.stream(holdout).map(x -> -x).toArray();
        c.assertClose("tpr_at_fpr_10", TprAtFpr.of(h, f, 0.1));
        assertEquals(TprAtFpr.of(h, f, 0.01), attack.tprAt1Fpr(), 0);
        assertEquals(1, AttackResult.ofMemberScores(forget, holdout).auc() + attack.auc(), 1e-12);
    }

    @Test
    void lira() {
        for (GoldenCase c : GoldenCase.of("unlearn_mia", "lira_k.*", 2)) {
            double phi = Lira.phi(c.number("p_target"));
            double[] in = Lira.phi(c.in("p_in"));
            double[] out = Lira.phi(c.in("p_out"));
            c.assertClose("phi", phi);
            c.assertClose("phi_in", in);
            c.assertClose("phi_out", out);
            c.assertClose("online", Lira.online(phi, in, out));
            c.assertClose("offline_logcdf", Lira.offline(phi, out));
            double sdIn = c.number("global_sd_in");
            double sdOut = c.number("global_sd_out");
            c.assertClose("online_fixed_variance", Lira.online(phi, in, out, sdIn, sdOut));
        }
    }

    @Test
    void offlineTailJoinsItsSeries() {
        double[] zero = {-1, 1};
        double near = Lira.offline(-20 + 1e-9, zero);
        double beyond = Lira.offline(-20 - 1e-9, zero);
        assertEquals(near, beyond, 1e-6); // slope of log Phi at -20 is 20: 2e-9 apart make 4e-8
        assertTrue(Lira.offline(-60, zero) < -1800 && Double.isFinite(Lira.offline(-60, zero)));
    }

    @Test
    void rmia() {
        for (GoldenCase c : GoldenCase.of("unlearn_mia", "rmia_.*", 3)) {
            var attack = new Rmia(c.number("offline_a"), c.number("gamma"));
            c.assertClose(
                    "score",
                    attack.scores(
                            c.in("target_x"),
                            Golden.matrix(c.input().get("out_x")),
                            c.in("target_z"),
                            Golden.matrix(c.input().get("out_z"))));
        }
    }

    @Test
    void messagesNameTheArgument() {
        var e = assertThrows(IllegalArgumentException.class, () -> TokenScores.minK(new double[] {-1}, 0));
        assertEquals("share must lie in (0, 1], was 0.0", e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class, () -> Lira.online(0, new double[] {1, 1}, new double[] {0, 1}));
        assertEquals("deviation of in must be a finite number above 0, was 0.0", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> new AttackResult(0.5, 0).privacyLeakage(1));
        assertEquals("privacy leakage needs a retrained AUC below 1, was 1", e.getMessage());
    }
}
