// What the kernels share. They are compiled twice: by nvcc for the card and by g++ for the emulator of the tests, so they
// include nothing. Nothing here contracts a * b + c: build.sh and the emulator forbid it, and both give the same bits.
#pragma once

// Index of this thread among all of a grid-stride kernel, and how many there are.
static __device__ __forceinline__ long long firstIndex() {
    return (long long) blockIdx.x * blockDim.x + threadIdx.x;
}

static __device__ __forceinline__ long long indexStep() {
    return (long long) gridDim.x * blockDim.x;
}

// i / n for i >= 0, n > 0; in 32 bits where that does, which is several times as fast.
static __device__ __forceinline__ long long quotient(long long i, long long n) {
    return ((i | n) >> 32) == 0 ? (long long) ((unsigned) i / (unsigned) n) : i / n;
}

// Where element i, counted row by row, of a matrix of so many columns lies.
static __device__ __forceinline__ long long placeOf(long long i, long long columns, long long stride) {
    if (stride == columns) {
        return i;
    }
    long long row = quotient(i, columns);
    return row * stride + (i - row * columns);
}

// The column of element i.
static __device__ __forceinline__ long long columnOf(long long i, long long columns) {
    return i - quotient(i, columns) * columns;
}

static __device__ __forceinline__ bool notANumber(float x) {
    return x != x;
}

// The larger one, or NaN if either is.
static __device__ __forceinline__ float larger(float a, float b) {
    return b > a || notANumber(b) ? b : a;
}

// exp(x) for x up to 88 within 2 ulp: a power of two times a polynomial (Cephes' expf); 0 below -87, NaN of NaN.
static __device__ __forceinline__ float exponential(float x) {
    if (!(x > -87.0f)) {
        return notANumber(x) ? x : 0.0f;
    }
    float n = rintf(x * 1.44269504088896341f);
    float r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    return (p * (r * r) + r + 1.0f) * __int_as_float(((int) n + 127) << 23);
}

// A team is the blockDim.x threads that share a row: a warp (32) or the block (256). Its sum is taken in a fixed order, and
// every thread of the team gets it.
static __device__ double teamSum(double v) {
    for (int lane = 16; lane > 0; lane >>= 1) {
        v += __shfl_xor_sync(0xffffffffu, v, lane);
    }
    if (blockDim.x == 32) {
        return v;
    }
    __shared__ double warps[32];
    __syncthreads(); // whoever reads the sum before this one has done so
    if ((threadIdx.x & 31) == 0) {
        warps[threadIdx.x >> 5] = v;
    }
    __syncthreads();
    double sum = 0;
    for (unsigned w = 0; w < blockDim.x >> 5; w++) {
        sum += warps[w];
    }
    return sum;
}

// The largest number of a team, NaN if any is.
static __device__ float teamLargest(float v) {
    for (int lane = 16; lane > 0; lane >>= 1) {
        v = larger(v, __shfl_xor_sync(0xffffffffu, v, lane));
    }
    if (blockDim.x == 32) {
        return v;
    }
    __shared__ float warps[32];
    __syncthreads();
    if ((threadIdx.x & 31) == 0) {
        warps[threadIdx.x >> 5] = v;
    }
    __syncthreads();
    float most = warps[0];
    for (unsigned w = 1; w < blockDim.x >> 5; w++) {
        most = larger(most, warps[w]);
    }
    return most;
}

// The largest of a row's numbers, and the sum of exp(x - largest).
struct Exponentials {
    float most;
    double sum;
};

static __device__ Exponentials teamExponentials(const float* x, long long n) {
    Exponentials e;
    e.most = -INFINITY;
    for (long long j = threadIdx.x; j < n; j += blockDim.x) {
        e.most = larger(e.most, x[j]);
    }
    e.most = teamLargest(e.most);
    double sum = 0;
    for (long long j = threadIdx.x; j < n; j += blockDim.x) {
        sum += exponential(x[j] - e.most);
    }
    e.sum = teamSum(sum);
    return e;
}

// The first row of a team, and how far it is to its next.
static __device__ __forceinline__ long long firstRow() {
    return (long long) blockIdx.x * blockDim.y + threadIdx.y;
}

static __device__ __forceinline__ long long rowStep() {
    return (long long) gridDim.x * blockDim.y;
}
