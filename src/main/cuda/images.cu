// Images to patches and back: touchstone.nn.Window, channels last. Every sum is taken by the thread that owns its result, over the
// places of the window in rising order, as on the processor.
#include "windows.cuh"

// out [images * places, patch] = the patches of x [images, inputs]; padding gives zeros
// launch: grid-stride 1d
extern "C" __global__ void ts_unfold(
        const float* x,
        float* out,
        long long images,
        long long height,
        long long width,
        long long channels,
        long long kernel,
        long long step,
        long long padding,
        long long xStride,
        long long outStride) {
    Grid g = gridOf(height, width, channels, kernel, step, padding);
    long long patch = kernel * kernel * channels;
    long long places = (long long) g.down * g.across;
    for (long long i = firstIndex(); i < images * places * patch; i += indexStep()) {
        long long row = quotient(i, patch);
        long long image = quotient(row, places);
        int place = (int) (row - image * places);
        int under = (int) (i - row * patch);
        int pixel = under / g.channels;
        int top = place / g.across * g.step - g.padding + pixel / g.kernel;
        int left = place % g.across * g.step - g.padding + pixel % g.kernel;
        bool inside = top >= 0 && top < g.height && left >= 0 && left < g.width;
        long long from = ((long long) top * g.width + left) * g.channels + under % g.channels;
        out[row * outStride + under] = inside ? x[image * xStride + from] : 0.0f;
    }
}

// dx [images, inputs] = sums of the patches that hold a pixel
// launch: grid-stride 1d
extern "C" __global__ void ts_fold(
        const float* patches,
        float* dx,
        long long images,
        long long height,
        long long width,
        long long channels,
        long long kernel,
        long long step,
        long long padding,
        long long patchesStride,
        long long dxStride) {
    Grid g = gridOf(height, width, channels, kernel, step, padding);
    long long inputs = height * width * channels;
    long long places = (long long) g.down * g.across;
    for (long long i = firstIndex(); i < images * inputs; i += indexStep()) {
        long long image = quotient(i, inputs);
        int at = (int) (i - image * inputs);
        int channel = at % g.channels;
        int y = at / g.channels / g.width;
        int x = at / g.channels % g.width;
        float sum = 0.0f;
        for (int v = firstPlace(y, g); v < placesEnd(y, g, g.down); v++) {
            for (int h = firstPlace(x, g); h < placesEnd(x, g, g.across); h++) {
                int under = (y + g.padding - v * g.step) * g.kernel + x + g.padding - h * g.step;
                long long row = image * places + v * g.across + h;
                sum += patches[row * patchesStride + under * g.channels + channel];
            }
        }
        dx[image * dxStride + at] = sum;
    }
}
