package touchstone.nn;

import touchstone.util.Check;

/**
 * How a square window walks over an image, for convolution and pooling. Images are channels last.
 *
 * @param height pixels of the image, 1 or more
 * @param width pixels of the image, 1 or more
 * @param channels numbers a pixel, 1 or more
 * @param kernel pixels a side of the window, at most the padded image's
 * @param stride pixels from one place of the window to the next, 1 or more
 * @param padding pixels of zeros around the image, in [0, kernel)
 */
public record Window(int height, int width, int channels, int kernel, int stride, int padding) {
    public Window {
        Check.atLeast(height, 1, "height");
        Check.atLeast(width, 1, "width");
        Check.atLeast(channels, 1, "channels");
        Check.atLeast(kernel, 1, "kernel");
        Check.atLeast(stride, 1, "stride");
        Check.index(padding, kernel, "padding");
        int side = Math.min(height, width) + 2 * padding;
        if (kernel > side) {
            throw new IllegalArgumentException(
                    "kernel must be at most the padded image's smaller side, was " + kernel + " of " + side);
        }
    }

    /** Places of the window from top to bottom. */
    public int down() {
        return (height + 2 * padding - kernel) / stride + 1;
    }

    /** Places of the window from left to right. */
    public int across() {
        return (width + 2 * padding - kernel) / stride + 1;
    }

    /** Numbers an image, height x width x channels. */
    public int inputs() {
        return height * width * channels;
    }

    /** Numbers under the window, kernel x kernel x channels. */
    public int patch() {
        return kernel * kernel * channels;
    }
}
