package touchstone.nn.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import touchstone.nn.bench.Measurement.Verdict;
import touchstone.nn.bench.Operation.Label;

/**
 * What the card was measured to do at best: the fastest repeat of its copies and of its products in each precision. The ceiling of
 * anything else is a roof of two slopes: its operations at the speed of products, or its bytes at the speed of the memory,
 * whichever takes longer.
 */
final class Ceilings {
    private final Map<Precision, Double> flops = new EnumMap<>(Precision.class); // a second
    private double up;
    private double down;
    private double memory; // bytes a second, read and written

    void learn(Operation operation, Measurement card) {
        if (card.verdict() != Verdict.OK) {
            return;
        }
        Label label = operation.label();
        double runs = card.best() / label.work(); // a second
        if (operation instanceof Copies copy) {
            learn(copy.kind(), runs * label.bytes());
        } else if (operation instanceof Products) {
            flops.merge(label.precision(), runs * label.flops(), Math::max);
        }
    }

    private void learn(Copies.Kind kind, double bytes) {
        if (kind.up()) {
            up = Math.max(up, bytes);
        } else if (kind.down()) {
            down = Math.max(down, bytes);
        } else {
            memory = Math.max(memory, bytes);
        }
    }

    /** The highest speed that the card could give an operation, in its unit; none where a part of the roof was not measured. */
    Optional<Double> of(Operation operation) {
        Label label = operation.label();
        if (operation instanceof Copies copy) {
            double bus = copy.kind().up() ? up : copy.kind().down() ? down : memory;
            return told(label, label.bytes(), bus);
        }
        double peak = flops.getOrDefault(label.precision(), 0.0);
        if (peak == 0 || (label.bytes() > 0 && memory == 0)) {
            return Optional.empty();
        }
        double seconds = Math.max(label.flops() / peak, label.bytes() > 0 ? label.bytes() / memory : 0);
        return Optional.of(label.work() / seconds);
    }

    private static Optional<Double> told(Label label, double amount, double speed) {
        return speed > 0 ? Optional.of(label.work() * speed / amount) : Optional.empty();
    }
}
