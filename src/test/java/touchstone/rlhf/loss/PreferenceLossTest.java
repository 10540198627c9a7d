package touchstone.rlhf.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import touchstone.testing.Differences;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class PreferenceLossTest {
    private static LogProbs pairs(GoldenCase c) {
        LogProbs pairs = LogProbs.of(c.in("policy_chosen"), c.in("policy_rejected"));
        if (c.has("ref_chosen")) {
            pairs = pairs.withReference(c.in("ref_chosen"), c.in("ref_rejected"));
        }
        if (c.has("len_chosen")) {
            pairs = pairs.withLengths(
                    Golden.integers(c.input().get("len_chosen")),
                    Golden.integers(c.input().get("len_rejected")));
        }
        return pairs;
    }

    private static Map<String, PreferenceLoss> family(double beta, double e) {
        return Map.of(
                "sigmoid", new Dpo(beta, e),
                "hinge", new HingeLoss(beta),
                "ipo_sum", new Ipo(beta, Ipo.Reduction.SUM),
                "ipo_avg", new Ipo(beta, Ipo.Reduction.MEAN),
                "robust", new RobustDpo(beta, e),
                "bco_pair_nodelta", new BcoPair(beta, 0),
                "sppo_hard", new SppoHard(beta),
                "nca_pair", new NcaPair(beta));
    }

    @Test
    void theFamilyAgreesWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_dpo", "(family|edge).*", 4)) {
            LogProbs pairs = pairs(c);
            family(c.number("beta"), c.number("label_smoothing")).forEach((key, loss) -> {
                if (c.expected().has(key)) {
                    PairLoss got = loss.of(pairs);
                    c.assertClose(key, got.perPair());
                    double mean = Arrays.stream(got.perPair()).average().orElseThrow();
                    assertEquals(mean, got.loss(), 1e-12 * Math.max(1, Math.abs(mean)));
                }
            });
            if (c.name().startsWith("family")) {
                PairLoss dpo = new Dpo(c.number("beta"), c.number("label_smoothing")).of(pairs);
                c.assertClose("grad_policy_chosen_sigmoid_mean", dpo.gradChosen());
                c.assertClose("grad_policy_rejected_sigmoid_mean", dpo.gradRejected());
            }
        }
    }

    @Test
    void ktoSimPoAndOrpoAgreeWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_dpo", "kto.*", 6)) {
            var kto = new Kto(c.number("beta"), c.number("desirable_weight"), c.number("undesirable_weight"));
            Kto.Result got = kto.of(c.in("chosen_logratio"), c.in("rejected_logratio"), c.number("kl_mean"));
            c.assertClose("kl_used", got.kl());
            c.assertClose("chosen", got.perGood());
            c.assertClose("rejected", got.perBad());
        }
        for (GoldenCase c : GoldenCase.of("rlhf_dpo", "simpo.*", 3)) {
            c.assertClose(
                    "loss",
                    new SimPo(c.number("beta"), c.number("gamma")).of(pairs(c)).perPair());
        }
        for (GoldenCase c : GoldenCase.of("rlhf_dpo", "orpo.*", 3)) {
            c.assertClose(
                    "or_loss",
                    Orpo.oddsRatio(c.in("avg_logp_chosen"), c.in("avg_logp_rejected"))
                            .perPair());
        }
    }

    @Test
    void gradientsAreSlopes() {
        double[] chosen = {-3, -8.5, -12, -1};
        double[] rejected = {-4, -7, -2.5, -20};
        double[] refChosen = {-3.5, -6, -14, -2};
        double[] refRejected = {-3, -9, -5, -15};
        int[] tokens = {3, 5, 9, 2};
        int[] others = {4, 4, 2, 11};
        var losses = new java.util.ArrayList<>(family(0.3, 0.15).values());
        losses.addAll(List.of(new SimPo(2, 0.5), new Orpo(0.7), new BcoPair(0.3, 0.4)));
        for (PreferenceLoss loss : losses) {
            LogProbs at = LogProbs.of(chosen, rejected)
                    .withReference(refChosen, refRejected)
                    .withLengths(tokens, others);
            PairLoss got = loss.of(at);
            Differences.check(x -> loss.of(moved(at, x, rejected)).loss(), chosen, got.gradChosen(), loss + " chosen");
            Differences.check(
                    x -> loss.of(moved(at, chosen, x)).loss(), rejected, got.gradRejected(), loss + " rejected");
        }
        var kto = new Kto(0.2, 1, 1.3);
        double[] good = {2, -4, 0.5};
        double[] bad = {-1, 6};
        Kto.Result got = kto.of(good, bad, 0.7);
        Differences.check(x -> kto.of(x, bad, 0.7).loss(), good, got.gradGood(), "good");
        Differences.check(x -> kto.of(good, x, 0.7).loss(), bad, got.gradBad(), "bad");
        double[] l = {-0.3, -2};
        double[] m = {-1, -0.1};
        PairLoss odds = Orpo.oddsRatio(l, m);
        Differences.check(x -> Orpo.oddsRatio(x, m).loss(), l, odds.gradChosen(), "odds chosen");
        Differences.check(x -> Orpo.oddsRatio(l, x).loss(), m, odds.gradRejected(), "odds rejected");
    }

    private static LogProbs moved(LogProbs at, double[] chosen, double[] rejected) {
        return LogProbs.of(chosen, rejected)
                .withReference(at.referenceChosen(), at.referenceRejected())
                .withLengths(at.lengthChosen(), at.lengthRejected());
    }

    /** The robust loss is unbiased: averaged over turned labels it is the plain DPO loss. */
    @Test
    void robustDpoIsUnbiasedUnderTurnedLabels() {
        double e = 0.3;
        double[] a = {-4, -9, -2};
        double[] b = {-6, -3, -2.5};
        double[] zero = new double[3];
        LogProbs right = LogProbs.of(a, b).withReference(zero, zero);
        LogProbs turned = LogProbs.of(b, a).withReference(zero, zero);
        var robust = new RobustDpo(0.5, e);
        double mean = (1 - e) * robust.of(right).loss() + e * robust.of(turned).loss();
        assertEquals(new Dpo(0.5, 0).of(right).loss(), mean, 1e-12);
    }

    /** Far out every loss and slope stays a number; the DPO slope of a lost pair is minus beta. */
    @Test
    void extremesStayFinite() {
        double[] best = {-1e-12};
        double[] worst = {-1e6};
        int[] one = {1};
        var losses = new java.util.ArrayList<>(family(1, 0.2).values());
        losses.addAll(List.of(new SimPo(10, 2), new Orpo(1)));
        for (PreferenceLoss loss : losses) {
            for (LogProbs p : List.of(LogProbs.of(best, worst), LogProbs.of(worst, best))) {
                PairLoss got =
                        loss.of(p.withReference(new double[1], new double[1]).withLengths(one, one));
                assertTrue(Double.isFinite(got.loss()), loss.toString());
                assertTrue(Double.isFinite(got.gradChosen()[0] + got.gradRejected()[0]), loss.toString());
            }
        }
        LogProbs lost = LogProbs.of(worst, best).withReference(new double[1], new double[1]);
        assertEquals(-1, new Dpo(1, 0).of(lost).gradChosen()[0], 0);
        Kto.Result kto = Kto.defaults().of(new double[] {1e7}, new double[] {1e7}, 0);
        assertEquals(0, kto.perGood()[0], 0);
        assertEquals(1, kto.perBad()[0], 0);
    }

    @Test
    void missingPartsAreNamed() {
        LogProbs bare = LogProbs.of(new double[1], new double[1]);
        assertMessage("DPO needs the reference's log-probabilities; add them by withReference", () -> Dpo.defaults()
                .of(bare));
        assertMessage("SimPO needs the answers' lengths in tokens; add them by withLengths", () -> SimPo.defaults()
                .of(bare));
        assertMessage(
                "policyChosen[0] must be a finite log-probability of at most 0, was 0.5",
                () -> LogProbs.of(new double[] {0.5}, new double[1]));
        assertMessage(
                "lengthChosen[0] must be at least 1, was 0", () -> bare.withLengths(new int[] {0}, new int[] {1}));
        assertMessage("labelSmoothing must lie in [0, 0.5), was NaN", () -> new Dpo(1, Double.NaN));
        assertMessage(
                "ORPO needs finite log-probabilities a token below 0, was 0.0",
                () -> Orpo.oddsRatio(new double[1], new double[] {-1}));
        assertMessage("good and bad answers must not be empty, had 0 elements", () -> Kto.defaults()
                .of(new double[0], new double[0], 0));
    }
}
