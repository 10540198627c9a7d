package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class PolicyGoldenTest {
    @Test
    void groupAdvantages() {
        for (GoldenCase c : GoldenCase.of("rlhf_grpo", "(g\\d|edge).*", 14)) {
            JsonArray groups = c.input().getAsJsonArray("rewards");
            var rewards = new double[groups.size()][][];
            for (int g = 0; g < rewards.length; g++) {
                rewards[g] = Golden.matrix(groups.get(g));
            }
            var aggregation = GroupAdvantage.Aggregation.valueOf(
                    c.input().get("mode").getAsString().toUpperCase(java.util.Locale.ROOT));
            var scale = GroupAdvantage.Scale.valueOf(
                    c.input().get("scale").getAsString().toUpperCase(java.util.Locale.ROOT));
            var advantage = new GroupAdvantage(aggregation, scale, c.number("eps"));
            c.assertRows("adv", advantage.of(rewards, c.in("weights")));
        }
    }

    @Test
    void leaveOneOut() {
        for (GoldenCase c : GoldenCase.of("rlhf_grpo", "rloo.*", 3)) {
            c.assertRows("adv", LeaveOneOut.of(Golden.matrix(c.input().get("rewards"))));
        }
    }

    @Test
    void generalizedAdvantage() {
        GoldenCase c = GoldenCase.of("rlhf_lagrange", "gae", 1).get(0);
        double[] values = c.in("values");
        double[] advantage = new GeneralizedAdvantage(c.number("gamma"), c.number("lam")).of(c.in("rewards"), values);
        c.assertClose("adv", advantage);
        var returns = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            returns[t] = advantage[t] + values[t];
        }
        c.assertClose("returns", returns);
    }

    @Test
    void ppoClip() {
        GoldenCase c = GoldenCase.of("rlhf_lagrange", "ppo_clip", 1).get(0);
        var clip = new PpoClip(c.number("eps_low"), c.number("eps_high"));
        PpoClip.Result got = clip.of(c.in("logp"), c.in("old_logp"), c.in("adv"));
        c.assertClose("per_token_loss", got.perToken());
        c.assertClose("ratio", got.ratio());
    }

    @Test
    void divergenceEstimatorsAndController() {
        GoldenCase c = GoldenCase.of("rlhf_lagrange", "kl_estimators", 1).get(0);
        c.assertClose("k1", KlEstimator.K1.of(c.in("logp"), c.in("logp_ref")));
        c.assertClose("k2", KlEstimator.K2.of(c.in("logp"), c.in("logp_ref")));
        c.assertClose("k3", KlEstimator.K3.of(c.in("logp"), c.in("logp_ref")));
        GoldenCase a = GoldenCase.of("rlhf_lagrange", "adaptive_kl", 1).get(0);
        var control = new AdaptiveKl(a.number("init"), a.number("target"), a.number("horizon"));
        double[] kl = a.in("kl");
        var coefficients = new double[kl.length];
        for (int i = 0; i < kl.length; i++) {
            control = control.after(kl[i], (int) a.number("n_steps"));
            coefficients[i] = control.coefficient();
        }
        a.assertClose("coef", coefficients);
    }

    @Test
    void optimumUnderAPenalty() {
        for (GoldenCase c : GoldenCase.of("rlhf_kl", "optimum.*", 8)) {
            DiscretePolicy got = new KlOptimum(c.number("beta")).of(c.in("p0"), c.in("proxy"));
            c.assertClose("p", got.probabilities());
            c.assertClose("kl", got.divergence());
            c.assertClose("e_proxy", got.mean(c.in("proxy")));
            c.assertClose("e_gold", got.mean(c.in("gold")));
        }
    }

    @Test
    void bestOfN() {
        for (GoldenCase c : GoldenCase.of("rlhf_kl", "bon_m.*", 10)) {
            var best = new BestOfN((int) c.number("n"));
            DiscretePolicy got = best.law(c.in("p0"), c.in("proxy"));
            c.assertClose("p", got.probabilities());
            c.assertClose("kl_exact", got.divergence());
            c.assertClose("kl_bound", best.divergenceBound());
            c.assertClose("e_proxy", got.mean(c.in("proxy")));
            c.assertClose("e_gold", got.mean(c.in("gold")));
            assertTrue(got.divergence() <= best.divergenceBound() + 1e-12, c.name());
        }
        for (GoldenCase c : GoldenCase.of("rlhf_kl", "bon_unbiased.*", 4)) {
            c.assertClose("estimate", new BestOfN((int) c.number("n")).estimate(c.in("proxy"), c.in("gold")));
        }
    }

    @Test
    void overoptimization() {
        GoldenCase c = GoldenCase.of("rlhf_kl", "gao_forms", 1).get(0);
        var law = new OveroptimizationLaw(c.number("alpha"), c.number("beta"));
        double[] d = c.in("d");
        c.assertClose("bon", java.util.Arrays.stream(d).map(law::bestOfN).toArray());
        c.assertClose("rl", java.util.Arrays.stream(d).map(law::reinforcement).toArray());
        c.assertClose("bon_peak_d", law.bestOfNPeak());
        double peak = law.reinforcementPeak();
        assertTrue(law.reinforcement(peak) > law.reinforcement(peak * 1.01));
        assertTrue(law.reinforcement(peak) > law.reinforcement(peak * 0.99));
        assertEquals(0, law.reinforcement(0), 0);
    }
}
