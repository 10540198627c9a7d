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
import touchstone.ood.Batch;
import touchstone.ood.Detector;
import touchstone.ood.Scorer;

/** Fitting and scoring of detectors; a batch holds double rows and logits when the clock starts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 8)
@Measurement(iterations = 7)
public class OodBenchmark {
    /** The peers' folder. */
    @Param("dump")
    public String dump;

    /** One of {@link Candidates}. */
    @Param({
        "msp",
        "maxLogit",
        "energy",
        "entropy",
        "gen",
        "mahalanobis",
        "vim",
        "knn",
        "react",
        "scale",
        "ashS",
        "dice",
        "gradNorm",
        "fdbd",
        "klMatching"
    })
    public String detector;

    private Detector options;
    private Batch train;
    private Batch query;
    private Scorer scorer;

    @Setup
    public void load() {
        var files = new Dump(Path.of(dump));
        train = Batch.of(files.rows("train")).withLabels(files.ints("labels")).withHead(files.head());
        query = Batch.of(files.rows("query")).withHead(files.head());
        options = Candidates.named(detector);
        scorer = options.fit(train);
    }

    @Benchmark
    public Scorer fit() {
        return options.fit(train);
    }

    @Benchmark
    public double[] score() {
        return scorer.score(query);
    }
}
