package touchstone.continual.l2m;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Figures of all regimes of a lifetime, those that look back at earlier regimes included. */
final class RegimeAnalysis {
    private final Map<Integer, RegimeFigures> figures = new LinkedHashMap<>();

    private RegimeAnalysis() {}

    /** Figures by regime number, in the order of the log. */
    static Map<Integer, RegimeFigures> of(Prepared log) {
        var analysis = new RegimeAnalysis();
        log.regimes().forEach(r -> analysis.figures.put(r.number(), RegimeFigures.of(r)));
        for (String task : log.order()) {
            analysis.recovery(log.of(task, true).stream().filter(Regime::wake).toList());
            analysis.maintenance(log.of(task, true), log.of(task, false));
        }
        return analysis.figures;
    }

    private RegimeFigures figures(Regime regime) {
        return Objects.requireNonNull(figures.get(regime.number()));
    }

    private void recovery(List<Regime> learning) {
        for (int i = 1; i < learning.size(); i++) {
            Regime regime = learning.get(i);
            double level = figures(learning.get(i - 1)).terminal();
            figures.put(regime.number(), figures(regime).withRecoveryTime(Curve.recoveryTime(regime, level)));
        }
    }

    /** An evaluation is a reference when it is the first after some learning; the others are held against the last one. */
    private void maintenance(List<Regime> learning, List<Regime> evaluations) {
        List<Regime> references = learning.stream()
                .flatMap(l -> evaluations.stream()
                        .filter(e -> e.number() > l.number())
                        .limit(1))
                .toList();
        for (Regime evaluation : evaluations) {
            List<Regime> earlier = references.stream()
                    .filter(r -> r.number() < evaluation.number())
                    .toList();
            if (!earlier.isEmpty() && !references.contains(evaluation)) {
                double terminal = figures(evaluation).terminal();
                Regime learned = learning.stream()
                        .filter(l -> l.number() < evaluation.number())
                        .reduce((a, b) -> b)
                        .orElseThrow();
                figures.put(
                        evaluation.number(),
                        figures(evaluation)
                                .withMaintenance(
                                        terminal
                                                - figures(earlier.get(earlier.size() - 1))
                                                        .terminal(),
                                        terminal - figures(learned).terminal()));
            }
        }
    }
}
