/** Benchmarks beside other libraries, on the numbers that their side wrote. {@code src/jmh/ood.sh} runs both. */
@org.jspecify.annotations.NullMarked
package touchstone.bench;
