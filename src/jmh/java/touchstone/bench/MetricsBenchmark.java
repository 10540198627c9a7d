package touchstone.bench;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import touchstone.metrics.Auroc;
import touchstone.metrics.AveragePrecision;
import touchstone.metrics.FprAtTpr;

/** Metrics of a million scores. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 8)
@Measurement(iterations = 7)
public class MetricsBenchmark {
    /** The peers' folder. */
    @Param("dump")
    public String dump;

    private double[] id;
    private double[] ood;

    @Setup
    public void load() {
        var files = new Dump(Path.of(dump));
        id = files.scores(0);
        ood = files.scores(1);
    }

    @Benchmark
    public double auroc() {
        return Auroc.of(id, ood);
    }

    /** AUROC, both areas under precision and recall by the trapezoid rule, and FPR@95. */
    @Benchmark
    public double all() {
        return Auroc.of(id, ood)
                + AveragePrecision.trapezoidOodPositive(id, ood)
                + AveragePrecision.trapezoidIdPositive(id, ood)
                + FprAtTpr.oodPositive(id, ood, 0.95);
    }
}
