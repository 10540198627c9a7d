// Windows over images, channels last: touchstone.nn.Window. Every sum is taken by the thread that owns its result, over the
// places of the window in rising order, as on the processor.
#include "common.cuh"

struct Grid {
    int height;
    int width;
    int channels;
    int kernel;
    int step;
    int padding;
    int down;
    int across;
};

static __device__ __forceinline__ Grid gridOf(
        long long height, long long width, long long channels, long long kernel, long long step, long long padding) {
    Grid g;
    g.height = (int) height;
    g.width = (int) width;
    g.channels = (int) channels;
    g.kernel = (int) kernel;
    g.step = (int) step;
    g.padding = (int) padding;
    g.down = (int) ((height + 2 * padding - kernel) / step + 1);
    g.across = (int) ((width + 2 * padding - kernel) / step + 1);
    return g;
}

// First place of the window, along one side, that covers a pixel, and the place after the last.
static __device__ __forceinline__ int firstPlace(int pixel, Grid g) {
    int least = pixel + g.padding - g.kernel + 1;
    return least <= 0 ? 0 : (least + g.step - 1) / g.step;
}

static __device__ __forceinline__ int placesEnd(int pixel, Grid g, int places) {
    int end = (pixel + g.padding) / g.step + 1;
    return end < places ? end : places;
}

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

// y, found [images, places * channels] = the largest number under the window and where in the image; the first of equal
// numbers wins, a NaN wins over all
// launch: grid-stride 1d
extern "C" __global__ void ts_max_pool(
        const float* x,
        float* y,
        float* found,
        long long images,
        long long height,
        long long width,
        long long channels,
        long long kernel,
        long long step,
        long long padding,
        long long xStride,
        long long yStride,
        long long foundStride) {
    Grid g = gridOf(height, width, channels, kernel, step, padding);
    long long outputs = (long long) g.down * g.across * channels;
    for (long long i = firstIndex(); i < images * outputs; i += indexStep()) {
        long long image = quotient(i, outputs);
        int at = (int) (i - image * outputs);
        int channel = at % g.channels;
        int place = at / g.channels;
        float most = -INFINITY;
        int where = -1;
        for (int under = 0; under < g.kernel * g.kernel; under++) {
            int top = place / g.across * g.step - g.padding + under / g.kernel;
            int left = place % g.across * g.step - g.padding + under % g.kernel;
            if (top >= 0 && top < g.height && left >= 0 && left < g.width) {
                int from = (top * g.width + left) * g.channels + channel;
                float value = x[image * xStride + from];
                if (where < 0 || value > most || notANumber(value)) {
                    most = value;
                    where = from;
                }
            }
        }
        y[image * yStride + at] = most;
        found[image * foundStride + at] = (float) where;
    }
}

// dx [images, inputs], filled with zeros before, += dy where ts_max_pool found it. A block takes 256 numbers of an image at a
// time; the first thread of those that name one place adds them all up, in rising order.
// launch: block per image, 256 threads
extern "C" __global__ void ts_max_pool_gradient(
        const float* found,
        const float* dy,
        float* dx,
        long long images,
        long long outputs,
        long long foundStride,
        long long dyStride,
        long long dxStride) {
    __shared__ int places[256];
    __shared__ float slopes[256];
    for (long long image = blockIdx.x; image < images; image += gridDim.x) {
        for (long long from = 0; from < outputs; from += 256) {
            long long j = from + threadIdx.x;
            int mine = j < outputs ? (int) found[image * foundStride + j] : -1;
            places[threadIdx.x] = mine;
            slopes[threadIdx.x] = j < outputs ? dy[image * dyStride + j] : 0.0f;
            __syncthreads();
            bool first = mine >= 0;
            for (unsigned k = 0; first && k < threadIdx.x; k++) {
                first = places[k] != mine;
            }
            if (first) {
                float sum = dx[image * dxStride + mine];
                for (int k = (int) threadIdx.x; k < 256; k++) {
                    if (places[k] == mine) {
                        sum += slopes[k];
                    }
                }
                dx[image * dxStride + mine] = sum;
            }
            __syncthreads();
        }
    }
}

// y [images, places * channels] = mean under the window, of kernel x kernel numbers, padding included
// launch: grid-stride 1d
extern "C" __global__ void ts_average_pool(
        const float* x,
        float* y,
        long long images,
        long long height,
        long long width,
        long long channels,
        long long kernel,
        long long step,
        long long padding,
        long long xStride,
        long long yStride) {
    Grid g = gridOf(height, width, channels, kernel, step, padding);
    long long outputs = (long long) g.down * g.across * channels;
    double share = 1.0 / (g.kernel * g.kernel);
    for (long long i = firstIndex(); i < images * outputs; i += indexStep()) {
        long long image = quotient(i, outputs);
        int at = (int) (i - image * outputs);
        int channel = at % g.channels;
        int place = at / g.channels;
        float sum = 0.0f;
        for (int under = 0; under < g.kernel * g.kernel; under++) {
            int top = place / g.across * g.step - g.padding + under / g.kernel;
            int left = place % g.across * g.step - g.padding + under % g.kernel;
            if (top >= 0 && top < g.height && left >= 0 && left < g.width) {
                long long from = ((long long) top * g.width + left) * g.channels + channel;
                sum = (float) (sum + share * x[image * xStride + from]);
            }
        }
        y[image * yStride + at] = sum;
    }
}

// dx [images, inputs] = sums over the places that cover a pixel of dy / kernel^2
// launch: grid-stride 1d
extern "C" __global__ void ts_average_pool_gradient(
        const float* dy,
        float* dx,
        long long images,
        long long height,
        long long width,
        long long channels,
        long long kernel,
        long long step,
        long long padding,
        long long dyStride,
        long long dxStride) {
    Grid g = gridOf(height, width, channels, kernel, step, padding);
    long long inputs = height * width * channels;
    double share = 1.0 / (g.kernel * g.kernel);
    for (long long i = firstIndex(); i < images * inputs; i += indexStep()) {
        long long image = quotient(i, inputs);
        int at = (int) (i - image * inputs);
        int channel = at % g.channels;
        int y = at / g.channels / g.width;
        int x = at / g.channels % g.width;
        float sum = 0.0f;
        for (int v = firstPlace(y, g); v < placesEnd(y, g, g.down); v++) {
            for (int h = firstPlace(x, g); h < placesEnd(x, g, g.across); h++) {
                long long from = ((long long) v * g.across + h) * g.channels + channel;
                sum = (float) (sum + share * dy[image * dyStride + from]);
            }
        }
        dx[image * dxStride + at] = sum;
    }
}
