// Pools over the windows of images: touchstone.nn.Window, channels last. Every sum is taken by the thread that owns its result, in
// rising order, as on the processor.
#include "windows.cuh"

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
