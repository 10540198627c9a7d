package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * iCaRL: binary cross-entropy of every class's sigmoid, with the old network's answers as targets of old classes; exemplars by
 * herding; and classification by the nearest mean of exemplars among normalised features.
 *
 * <p>Differs from the paper: a step takes a batch of the task and as many exemplars, instead of batches of their union.
 *
 * @param capacity exemplars of all classes together, 1 or more; each class has an equal share
 * @param draw exemplars a step, 1 or more
 */
@Reference("rebuffi2017icarl")
public record Icarl(int capacity, int draw) implements Strategy {
    public Icarl {
        Check.atLeast(capacity, 1, "capacity");
        Check.atLeast(draw, 1, "draw");
    }

    /** 200 exemplars, 10 a step. */
    public static Icarl defaults() {
        return new Icarl(200, 10);
    }

    public Icarl withCapacity(int c) {
        return new Icarl(c, draw);
    }

    @Override
    public Learner start(Descent descent) {
        return new Means(descent);
    }

    /** Mean over rows of the summed binary cross-entropies of all classes, against targets in [0, 1], [n, classes]. */
    static Loss sigmoids(double[][] targets) {
        return (z, examples, weight, gradient) -> {
            double share = weight / z.rows();
            double loss = 0;
            for (int i = 0; i < z.rows(); i++) {
                for (int c = 0; c < z.columns(); c++) {
                    double v = z.get(i, c);
                    double t = targets[i][c];
                    loss += share * (Math.max(v, 0) - v * t + Math.log1p(Math.exp(-Math.abs(v))));
                    gradient.set(i, c, gradient.get(i, c) + share * (Logistic.sigmoid(v) - t));
                }
            }
            return loss;
        };
    }

    private final class Means implements Learner {
        private final Descent descent;
        private RandomGenerator random;
        private final Map<Integer, double[][]> exemplars = new TreeMap<>();
        private Network teacher;

        Means(Descent descent) {
            this.descent = descent;
            this.random = Seeds.rng(descent.seed(), "icarl");
            this.teacher = descent.network();
        }

        @Override
        public double step(Labelled task, int[] rows) {
            var x = new ArrayList<double[]>(
                    Arrays.asList(descent.rows(task.x(), rows).toMatrix()));
            var labels = new ArrayList<Integer>();
            Arrays.stream(rows).map(task::label).forEach(labels::add);
            List<Map.Entry<Integer, double[]>> kept = kept();
            int[] order = Seeds.permutation(kept.size(), random);
            for (int k = 0; k < Math.min(draw, kept.size()); k++) {
                x.add(kept.get(order[k]).getValue());
                labels.add(kept.get(order[k]).getKey());
            }
            Tensor inputs = descent.network().tensor(x.toArray(double[][]::new));
            double[][] targets = targets(inputs, labels);
            descent.clear();
            double loss = descent.accumulate(inputs, Rehearsal.count(labels.size()), sigmoids(targets));
            descent.step();
            return loss;
        }

        private List<Map.Entry<Integer, double[]>> kept() {
            var all = new ArrayList<Map.Entry<Integer, double[]>>();
            exemplars.forEach((c, rows) -> {
                for (double[] row : rows) {
                    all.add(Map.entry(c, row));
                }
            });
            return all;
        }

        private double[][] targets(Tensor x, List<Integer> labels) {
            double[][] targets = teacher.logits(x).toMatrix();
            for (int i = 0; i < targets.length; i++) {
                for (int c = 0; c < targets[i].length; c++) {
                    boolean old = exemplars.containsKey(c);
                    targets[i][c] = old ? Logistic.sigmoid(targets[i][c]) : labels.get(i) == c ? 1 : 0;
                }
            }
            return targets;
        }

        @Override
        public void end(Labelled task) {
            for (int c : task.classes()) {
                int[] rows = Arrays.stream(task.rows())
                        .filter(r -> task.label(r) == c)
                        .toArray();
                exemplars.merge(c, descent.rows(task.x(), rows).toMatrix(), Icarl::joined);
            }
            int each = Math.max(1, capacity / exemplars.size());
            exemplars.replaceAll((c, rows) -> {
                int[] order = Herding.order(features(descent.network().tensor(rows)), Math.min(each, rows.length));
                return Arrays.stream(order).mapToObj(i -> rows[i]).toArray(double[][]::new);
            });
            teacher = descent.network().copy();
        }

        private double[][] features(Tensor x) {
            return Herding.normalised(descent.network().features(x).toMatrix());
        }

        @Override
        public void persist(Archive archive) {
            descent.persist(archive);
            teacher = descent.persist("teacher", teacher, archive);
            random = archive.keep("icarl draws", random);
            int[] classes = archive.keep(
                    "classes", exemplars.keySet().stream().mapToInt(c -> c).toArray());
            for (int c : classes) {
                exemplars.put(c, archive.keep("exemplars", exemplars.getOrDefault(c, new double[0][])));
            }
        }

        @Override
        public Tensor logits(Tensor x) {
            Tensor logits = descent.backend().zeros(x.rows(), descent.network().outputs());
            if (exemplars.isEmpty()) {
                descent.backend().add(1, descent.logits(x), logits);
                return logits;
            }
            descent.backend().fill(logits, -5); // further than any two points of the unit sphere
            double[][] f = features(x);
            exemplars.forEach((c, rows) -> {
                double[] mean =
                        Herding.normalised(mean(features(descent.network().tensor(rows))));
                for (int i = 0; i < f.length; i++) {
                    double gap = 0;
                    for (int j = 0; j < mean.length; j++) {
                        gap += (f[i][j] - mean[j]) * (f[i][j] - mean[j]);
                    }
                    logits.set(i, c, -gap);
                }
            });
            return logits;
        }

        @Override
        public long stored() {
            return descent.size()
                    + exemplars.values().stream()
                            .flatMap(Arrays::stream)
                            .mapToLong(r -> r.length)
                            .sum();
        }
    }

    private static double[][] joined(double[][] a, double[][] b) {
        double[][] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static double[] mean(double[][] rows) {
        var mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j] / rows.length;
            }
        }
        return mean;
    }
}
