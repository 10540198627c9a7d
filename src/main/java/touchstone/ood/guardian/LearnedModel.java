package touchstone.ood.guardian;

/**
 * What a planner believes of {@link ClinicGrid} after recorded treatments: by frequencies and means where a treatment was
 * tried in a state; where not, as if it were an ordinary state, with the shares of moves and the mean reward and cost that
 * the treatment had over all records. So it expects no harm where nobody went. That the goal ends an episode with 1 a step
 * for ever is known.
 *
 * @param process transitions and rewards
 * @param costs [s][a]; shared, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // not copied: it never leaves the package, and is never compared
record LearnedModel(Mdp process, double[][] costs) {
    static LearnedModel of(Records records, double discount) {
        int n = ClinicGrid.states();
        int actions = ClinicGrid.ACTIONS;
        int[][] counts = records.counts();
        var transitions = new double[n][actions][n];
        var rewards = new double[n][actions];
        var costs = new double[n][actions];
        for (Records.Step step : records.steps()) {
            double weight = 1.0 / counts[step.state()][step.action()];
            transitions[step.state()][step.action()][step.next()] += weight;
            rewards[step.state()][step.action()] += weight * step.reward();
            costs[step.state()][step.action()] += weight * step.cost();
        }
        double[][] pooled = pooled(records);
        for (int s = 0; s < n; s++) {
            for (int a = 0; a < actions; a++) {
                if (s == ClinicGrid.GOAL) {
                    transitions[s][a][s] = 1;
                    rewards[s][a] = 1;
                } else if (counts[s][a] == 0) {
                    for (int b = 0; b < actions; b++) {
                        transitions[s][a][ClinicGrid.moved(s, b)] += pooled[a][b];
                    }
                    rewards[s][a] = pooled[a][actions];
                    costs[s][a] = pooled[a][actions + 1];
                }
            }
        }
        return new LearnedModel(Mdp.of(normalised(transitions), rewards, discount, 0), costs);
    }

    /** Of each action: the share of each move among its records that moved, then mean reward, then mean cost. */
    private static double[][] pooled(Records records) {
        int actions = ClinicGrid.ACTIONS;
        var pooled = new double[actions][actions + 2];
        var moves = new double[actions];
        var tries = new double[actions];
        for (Records.Step step : records.steps()) {
            int a = step.action();
            tries[a]++;
            pooled[a][actions] += step.reward();
            pooled[a][actions + 1] += step.cost();
            for (int b = 0; b < actions && step.next() != step.state(); b++) {
                if (ClinicGrid.moved(step.state(), b) == step.next()) {
                    pooled[a][b]++;
                    moves[a]++;
                }
            }
        }
        for (int a = 0; a < actions; a++) {
            for (int j = 0; j < pooled[a].length; j++) {
                double total = j < actions ? moves[a] : tries[a];
                pooled[a][j] = total > 0 ? pooled[a][j] / total : j == a ? 1 : 0;
            }
        }
        return pooled;
    }

    private static double[][][] normalised(double[][][] transitions) {
        for (double[][] ofState : transitions) {
            for (double[] row : ofState) {
                double sum = 0;
                for (double p : row) {
                    sum += p;
                }
                for (int t = 0; t < row.length; t++) {
                    row[t] /= sum;
                }
            }
        }
        return transitions;
    }
}
