package touchstone.nn.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import touchstone.nn.cuda.Card;
import touchstone.nn.cuda.Cuda;
import touchstone.nn.cuda.CudaException;
import touchstone.nn.cuda.CudaFindings;
import touchstone.nn.cuda.CudaMeter;
import touchstone.nn.cuda.CudaOptions;
import touchstone.util.Json;

/**
 * Measures copies, products, scores, searches and training on the processor and on a card. What comes out is told piece by piece, each a
 * line of JSON with a {@code type}: {@code machine} first, then {@code row} for each operation, at last {@code ceilings} by the
 * rows' keys.
 */
public final class GpuBench {
    private final BenchOptions options;
    private final Consumer<String> out;

    /** Tells what it finds to {@code out}, line by line. */
    public GpuBench(BenchOptions options, Consumer<String> out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs with options as text, for a program that starts it in a Java of its own: {@code seed}, {@code minutes}, {@code sizes}
     * (full, quick or tiny), {@code cpu} (true: the processor alone). Where no card can be used and the processor alone is not
     * asked for, there is one line, of type {@code refused}, whose {@code why} is a sentence.
     */
    public static void run(Map<String, String> options, Consumer<String> out) {
        var bench = new GpuBench(read(options), out);
        if (Boolean.parseBoolean(options.get("cpu"))) {
            bench.measure();
            return;
        }
        CudaFindings found = Cuda.findings();
        if (!found.fit()) {
            bench.tell("refused", Map.of("why", found.problems().get(0)));
            return;
        }
        try {
            CudaOptions how = CudaOptions.of(System.getenv());
            bench.measure(precision -> CudaMeter.open(how.withPrecision(precision)));
        } catch (CudaException e) {
            bench.tell("refused", Map.of("why", String.valueOf(e.getMessage())));
        }
    }

    private static BenchOptions read(Map<String, String> options) {
        BenchSizes sizes =
                switch (options.getOrDefault("sizes", "full")) {
                    case "quick" -> BenchSizes.quick();
                    case "tiny" -> BenchSizes.tiny();
                    default -> BenchSizes.full();
                };
        return BenchOptions.of(Long.parseLong(options.getOrDefault("seed", "1")))
                .withMinutes(Double.parseDouble(options.getOrDefault("minutes", "8")))
                .withSizes(sizes);
    }

    /** The processor alone. */
    public void measure() {
        measure(List.of(new HostMachine()), Optional.empty());
    }

    /**
     * The processor and a card.
     *
     * @param opener opens the card in a precision
     * @throws CudaException if the card cannot be used
     */
    public void measure(Function<CudaOptions.Precision, CudaMeter> opener) {
        try (var card = new CardMachine(opener)) {
            Card device = card.meter(Precision.FP32).card();
            measure(List.of(new HostMachine(), card), Optional.of(device));
        }
    }

    private void measure(List<Machine> machines, Optional<Card> card) {
        List<Operation> operations = Operations.of(options.sizes());
        int pieces = machines.stream()
                .mapToInt(
                        m -> (int) operations.stream().filter(o -> o.runsOn(m)).count())
                .sum();
        tellMachine(card);
        var watch = Stopwatch.of(options.sizes().least());
        var measuring = new Measuring(options.seed(), watch, new Budget(60 * options.minutes(), pieces));
        var ceilings = new Ceilings();
        for (Operation operation : operations) {
            var found = new LinkedHashMap<String, Measurement>();
            for (Machine machine : machines) {
                if (operation.runsOn(machine)) {
                    Measurement m = measuring.of(operation, machine);
                    found.put(machine.name(), m);
                    tidy(machine, operation, m, ceilings);
                }
            }
            if (!found.isEmpty()) {
                tellRow(operation, found);
            }
        }
        tellCeilings(operations, ceilings);
    }

    /** Learns from the card's measurements and has it emptied of tensors that nobody holds. */
    private static void tidy(Machine machine, Operation operation, Measurement m, Ceilings ceilings) {
        if (machine instanceof CardMachine card) {
            ceilings.learn(operation, m);
            card.trim();
        }
    }

    private void tell(String type, Map<String, ?> facts) {
        var line = new LinkedHashMap<String, Object>();
        line.put("type", type);
        line.putAll(facts);
        out.accept(Json.of(line).toString());
    }

    private void tellMachine(Optional<Card> card) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("seed", options.seed());
        facts.put("minutes", options.minutes());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("java", System.getProperty("java.version"));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        card.ifPresent(c -> facts.put("card", c));
        tell("machine", facts);
    }

    private void tellRow(Operation operation, Map<String, Measurement> found) {
        Operation.Label label = operation.label();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("key", label.key());
        facts.put("operation", label.name());
        facts.put("size", label.size());
        facts.put("precision", label.precision().title());
        facts.put("unit", label.unit());
        facts.put("work", label.work());
        facts.put("bound", operation.bound());
        facts.putAll(found);
        facts.put("torch", operation.peer());
        tell("row", facts);
    }

    private void tellCeilings(List<Operation> operations, Ceilings ceilings) {
        var speeds = new ArrayList<Map<String, Object>>();
        for (Operation o : operations) {
            ceilings.of(o).ifPresent(s -> speeds.add(Map.of("key", o.label().key(), "speed", s)));
        }
        tell("ceilings", Map.of("speeds", speeds));
    }
}
