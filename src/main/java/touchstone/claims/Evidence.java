package touchstone.claims;

import touchstone.stats.Interval;
import touchstone.stats.MeanInterval;
import touchstone.stats.Moments;
import touchstone.util.Check;

/** What was measured for a claim. */
sealed interface Evidence {
    /** The value the table prints. */
    double measured();

    /** How many samples it rests on; 1 for a single value. */
    int samples();

    /** How the interval was made, or why there is none. */
    String method();

    Verdict judge(Condition condition);

    /** The mean of samples over seeds, with Student's 95 % interval; of one sample, no interval. */
    static Evidence of(double[] samples) {
        Check.nonEmpty(samples.length, "samples");
        Check.allFinite(samples, "samples");
        if (samples.length == 1) {
            return new OneSample(samples[0]);
        }
        return new Estimated(Moments.mean(samples), MeanInterval.of(samples), samples.length);
    }

    /** An estimate with an interval around it. */
    record Estimated(double measured, Interval interval, int samples) implements Evidence {
        public Estimated {
            Check.finite(measured, "measured");
        }

        @Override
        public String method() {
            return interval.width() == 0 ? interval.method() + ", no variation" : interval.method();
        }

        @Override
        public Verdict judge(Condition condition) {
            return condition.judge(interval);
        }
    }

    /** A value without error, such as a count or the result of a deterministic computation: it meets the condition or not. */
    record Exact(double measured) implements Evidence {
        public Exact {
            Check.finite(measured, "measured");
        }

        @Override
        public int samples() {
            return 1;
        }

        @Override
        public String method() {
            return "single exact value, compared as it is";
        }

        @Override
        public Verdict judge(Condition condition) {
            return condition.holds(measured) ? Verdict.SUPPORTED : Verdict.REFUTED;
        }
    }

    /** One draw of a random quantity: its spread is unknown, so it shows nothing either way. */
    record OneSample(double measured) implements Evidence {
        @Override
        public int samples() {
            return 1;
        }

        @Override
        public String method() {
            return "one sample: no interval, so nothing is shown";
        }

        @Override
        public Verdict judge(Condition condition) {
            return Verdict.NOT_SHOWN;
        }
    }
}
