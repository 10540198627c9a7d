package touchstone.nn.cpu;

import touchstone.nn.Tensor;
import touchstone.nn.Window;

/** Windows over images, channels last; images [from, to) of a call. */
final class ImageKernels {
    private ImageKernels() {}

    /** What happens to one pixel under the window: the place of the window, the pixel under it, the pixel's first number. */
    private interface Visit {
        void pixel(int place, int under, int at);
    }

    /** Walks the window over an image; pixels of the padding are left out. */
    private static void walk(Window w, Visit visit) {
        for (int place = 0; place < w.down() * w.across(); place++) {
            int top = place / w.across() * w.stride() - w.padding();
            int left = place % w.across() * w.stride() - w.padding();
            for (int under = 0; under < w.kernel() * w.kernel(); under++) {
                int y = top + under / w.kernel();
                int x = left + under % w.kernel();
                if (y >= 0 && y < w.height() && x >= 0 && x < w.width()) {
                    visit.pixel(place, under, (y * w.width() + x) * w.channels());
                }
            }
        }
    }

    static void unfold(Window w, Tensor x, Tensor out, int from, int to) {
        int places = w.down() * w.across();
        int c = w.channels();
        for (int image = from; image < to; image++) {
            int i = image;
            walk(w, (place, under, at) -> {
                for (int k = 0; k < c; k++) {
                    out.set(i * places + place, under * c + k, x.get(i, at + k));
                }
            });
        }
    }

    static void fold(Window w, Tensor patches, Tensor dx, int from, int to) {
        int places = w.down() * w.across();
        int c = w.channels();
        for (int image = from; image < to; image++) {
            int i = image;
            walk(w, (place, under, at) -> {
                for (int k = 0; k < c; k++) {
                    dx.set(i, at + k, dx.get(i, at + k) + patches.get(i * places + place, under * c + k));
                }
            });
        }
    }

    /** The first of equal numbers wins; a NaN wins over all. */
    static void maxPool(Window w, Tensor x, Tensor y, Tensor places, int from, int to) {
        int c = w.channels();
        for (int image = from; image < to; image++) {
            int i = image;
            walk(w, (place, under, at) -> {
                for (int k = 0; k < c; k++) {
                    double value = x.get(i, at + k);
                    if (value > y.get(i, place * c + k) || Double.isNaN(value)) {
                        y.set(i, place * c + k, value);
                        places.set(i, place * c + k, at + k);
                    }
                }
            });
        }
    }

    static void maxPoolGradient(Tensor places, Tensor dy, Tensor dx, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < dy.columns(); j++) {
                int at = (int) places.get(i, j);
                dx.set(i, at, dx.get(i, at) + dy.get(i, j));
            }
        }
    }

    static void averagePool(Window w, Tensor x, Tensor y, int from, int to) {
        int c = w.channels();
        double share = 1.0 / (w.kernel() * w.kernel());
        for (int image = from; image < to; image++) {
            int i = image;
            walk(w, (place, under, at) -> {
                for (int k = 0; k < c; k++) {
                    y.set(i, place * c + k, y.get(i, place * c + k) + share * x.get(i, at + k));
                }
            });
        }
    }

    static void averagePoolGradient(Window w, Tensor dy, Tensor dx, int from, int to) {
        int c = w.channels();
        double share = 1.0 / (w.kernel() * w.kernel());
        for (int image = from; image < to; image++) {
            int i = image;
            walk(w, (place, under, at) -> {
                for (int k = 0; k < c; k++) {
                    dx.set(i, at + k, dx.get(i, at + k) + share * dy.get(i, place * c + k));
                }
            });
        }
    }
}
