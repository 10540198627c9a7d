package touchstone.nn.bench;

import java.util.ArrayList;
import java.util.List;

/** All operations, in the order in which they are measured: copies and products first, of which the ceilings are made. */
final class Operations {
    private Operations() {}

    static List<Operation> of(BenchSizes sizes) {
        var all = new ArrayList<Operation>();
        for (Copies.Kind kind : Copies.Kind.values()) {
            all.add(new Copies(sizes.copyBytes(), kind));
        }
        for (Precision precision : Precision.values()) {
            sizes.products().forEach(n -> all.add(new Products(n, precision)));
        }
        all.add(new Search(sizes.neighbours(), Precision.FP32));
        all.add(new Search(sizes.neighbours(), Precision.TF32));
        all.add(new GaussianScores(sizes.scored(), sizes.neighbours().width()));
        all.add(new VimScores(sizes.scored(), sizes.neighbours().width(), sizes.classes()));
        for (NetworkSize network : sizes.networks()) {
            all.add(new Training(network, Precision.FP32));
        }
        NetworkSize largest = sizes.networks().get(sizes.networks().size() - 1);
        all.add(new Training(largest, Precision.TF32));
        return all;
    }
}
