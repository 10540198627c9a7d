package touchstone.continual.perceptron;

import java.util.Arrays;

/**
 * How the weights of a student are spread before a task, and the second teacher's weights with them, given that the first
 * teacher's weight is 1; all else follows by symmetry.
 *
 * @param fields the fields that weights start from, [n]
 * @param teachers the second teacher's weight there, -1 or 1, [n]
 * @param weights probabilities, [n]; they sum to 1
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package, which changes none
record Beliefs(double[] fields, int[] teachers, double[] weights) {
    /** Nothing is known, and there is one teacher. */
    static Beliefs none() {
        return new Beliefs(new double[1], new int[] {1}, new double[] {1});
    }

    /** Given fields of given probabilities, and a second teacher who agrees with the first on a share (1 + overlap) / 2. */
    static Beliefs of(double[] fields, double[] probabilities, double overlap) {
        int n = fields.length;
        var all = new double[2 * n];
        var teachers = new int[2 * n];
        var weights = new double[2 * n];
        double sum = Arrays.stream(probabilities).sum();
        for (int i = 0; i < n; i++) {
            for (int side = 0; side < 2; side++) {
                int teacher = 1 - 2 * side;
                all[2 * i + side] = fields[i];
                teachers[2 * i + side] = teacher;
                weights[2 * i + side] = probabilities[i] / sum * (1 + teacher * overlap) / 2;
            }
        }
        return new Beliefs(all, teachers, weights);
    }

    /** A weight of a reference configuration that agrees with the first teacher by an overlap, coupled to with a strength. */
    static Beliefs reference(double agreement, double coupling, double overlap) {
        return of(new double[] {coupling, -coupling}, new double[] {(1 + agreement) / 2, (1 - agreement) / 2}, overlap);
    }

    int size() {
        return fields.length;
    }
}
