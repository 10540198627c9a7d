// Activations and their slopes. Sizes: rows, columns, then the stride of each matrix in the order of the pointers; a matrix
// without gaps is best given as one row.
#include "common.cuh"

// Those of touchstone.nn.cpu.FloatActivations, step by step: the same bits as on the processor.

static __device__ __forceinline__ float relu(float x) {
    return x > 0 || notANumber(x) ? x : 0.0f;
}

// x P(x^2) / Q(x^2) for |x| up to 8, where tanh is 1 in float
static __device__ __forceinline__ float hyperbolic(float x) {
    float v = x > 8.0f ? 8.0f : x < -8.0f ? -8.0f : x;
    float z = v * v;
    float p = (((1.5230482e-08f * z + 2.189471e-05f) * z + 0.0035716011f) * z + 0.13444501f) * z + 1.0f;
    float q = (((8.522473e-07f * z + 0.0003411297f) * z + 0.026164455f) * z + 0.46777827f) * z + 1.0f;
    return v * p / q;
}

static const float ROOT = 0.7978845608028654f; // sqrt(2 / pi)
static const float CUBE = 0.044715f;

static __device__ __forceinline__ float bend(float u) {
    return hyperbolic(ROOT * u * (1.0f + CUBE * u * u));
}

static __device__ __forceinline__ float gelu(float u) {
    return 0.5f * u * (1.0f + bend(u));
}

static __device__ __forceinline__ float geluSlope(float u) {
    float t = bend(u);
    return 0.5f * (1.0f + t) + 0.5f * ROOT * u * (1.0f - t * t) * (1.0f + 3.0f * CUBE * u * u);
}

static __device__ __forceinline__ float hyperbolicSlope(float x) {
    float t = hyperbolic(x);
    return 1.0f - t * t;
}

// y = max(0, x), NaN of NaN
// launch: grid-stride 1d
extern "C" __global__ void ts_relu(
        const float* x, float* y, long long rows, long long columns, long long xStride, long long yStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        y[placeOf(i, columns, yStride)] = relu(x[placeOf(i, columns, xStride)]);
    }
}

// dx = dy where x > 0, else 0; dx may be dy
// launch: grid-stride 1d
extern "C" __global__ void ts_relu_gradient(
        const float* x,
        const float* dy,
        float* dx,
        long long rows,
        long long columns,
        long long xStride,
        long long dyStride,
        long long dxStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        float by = dy[placeOf(i, columns, dyStride)];
        dx[placeOf(i, columns, dxStride)] = x[placeOf(i, columns, xStride)] > 0 ? by : 0.0f;
    }
}

// y = GELU(x), in the form with tanh
// launch: grid-stride 1d
extern "C" __global__ void ts_gelu(
        const float* x, float* y, long long rows, long long columns, long long xStride, long long yStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        y[placeOf(i, columns, yStride)] = gelu(x[placeOf(i, columns, xStride)]);
    }
}

// dx = dy GELU'(x); dx may be dy
// launch: grid-stride 1d
extern "C" __global__ void ts_gelu_gradient(
        const float* x,
        const float* dy,
        float* dx,
        long long rows,
        long long columns,
        long long xStride,
        long long dyStride,
        long long dxStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        float slope = geluSlope(x[placeOf(i, columns, xStride)]);
        dx[placeOf(i, columns, dxStride)] = dy[placeOf(i, columns, dyStride)] * slope;
    }
}

// y = tanh(x)
// launch: grid-stride 1d
extern "C" __global__ void ts_tanh(
        const float* x, float* y, long long rows, long long columns, long long xStride, long long yStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        y[placeOf(i, columns, yStride)] = hyperbolic(x[placeOf(i, columns, xStride)]);
    }
}

// dx = dy (1 - tanh(x)^2); dx may be dy
// launch: grid-stride 1d
extern "C" __global__ void ts_tanh_gradient(
        const float* x,
        const float* dy,
        float* dx,
        long long rows,
        long long columns,
        long long xStride,
        long long dyStride,
        long long dxStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        float slope = hyperbolicSlope(x[placeOf(i, columns, xStride)]);
        dx[placeOf(i, columns, dxStride)] = dy[placeOf(i, columns, dyStride)] * slope;
    }
}
