package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Seeds;

/** Examples kept for replay, of bounded number. */
interface Memory {
    /**
     * A kept example.
     *
     * @param x inputs, [d]
     * @param label class
     * @param logits the network's when it was kept, [classes]
     */
    @SuppressWarnings("ArrayRecordComponent") // within this package, never changed
    record Item(double[] x, int label, double[] logits) {}

    /** Offers an example; whether it is kept is the memory's affair. */
    void offer(Item item);

    /** Up to k different examples, drawn at random; all when there are no more. */
    List<Item> draw(int k);

    /** All examples, in no particular order. */
    List<Item> all();

    default boolean isEmpty() {
        return all().isEmpty();
    }

    /** Tells the examples and where the draws stand. */
    void persist(Archive archive);

    /** Numbers stored. */
    default long stored() {
        return all().stream().mapToLong(i -> i.x.length + 1L + i.logits.length).sum();
    }

    /** A memory of a policy, whose draws depend on the seed alone. */
    static Memory of(MemoryPolicy policy, int capacity, long seed) {
        Check.atLeast(capacity, 0, "capacity");
        return new Kept(policy, capacity, Seeds.rng(seed, "memory", 0));
    }

    /** The memory itself. */
    final class Kept implements Memory {
        private final MemoryPolicy policy;
        private final int capacity;
        private RandomGenerator random;
        private final List<Item> items = new ArrayList<>();
        private long offered;

        private Kept(MemoryPolicy policy, int capacity, RandomGenerator random) {
            this.policy = policy;
            this.capacity = capacity;
            this.random = random;
        }

        @Override
        public void offer(Item item) {
            offered++;
            if (items.size() < capacity) {
                items.add(item);
            } else if (policy == MemoryPolicy.RESERVOIR) {
                long place = random.nextLong(offered);
                if (place < capacity) {
                    items.set((int) place, item);
                }
            } else if (capacity > 0) {
                items.add(item);
                items.remove(ofLargestClass());
            }
        }

        @Override
        public void persist(Archive archive) {
            offered = archive.keep("offered", offered);
            random = archive.keep("memory draws", random);
            int[] labels = archive.keep("labels", Rehearsal.labels(items));
            double[][] x = archive.keep("inputs", items.stream().map(Item::x).toArray(double[][]::new));
            double[][] logits =
                    archive.keep("logits", items.stream().map(Item::logits).toArray(double[][]::new));
            items.clear();
            for (int i = 0; i < labels.length; i++) {
                items.add(new Item(x[i], labels[i], logits[i]));
            }
        }

        private int ofLargestClass() {
            var places = new TreeMap<Integer, List<Integer>>();
            for (int i = 0; i < items.size(); i++) {
                places.computeIfAbsent(items.get(i).label, k -> new ArrayList<>())
                        .add(i);
            }
            List<Integer> largest = List.of();
            for (List<Integer> each : places.values()) {
                largest = each.size() > largest.size() ? each : largest;
            }
            return largest.get(random.nextInt(largest.size()));
        }

        @Override
        public List<Item> draw(int k) {
            if (k >= items.size()) {
                return List.copyOf(items);
            }
            var drawn = new ArrayList<Item>();
            int left = items.size();
            for (int i = 0; drawn.size() < k; i++, left--) {
                if (random.nextInt(left) < k - drawn.size()) {
                    drawn.add(items.get(i));
                }
            }
            return drawn;
        }

        @Override
        public List<Item> all() {
            return List.copyOf(items);
        }
    }
}
