// What nvcc gives a kernel, for g++: the kernels of src/main/cuda, unchanged, run on the processor. The threads of a block are
// fibres that take turns at barriers; blocks run one after the other, so that __shared__ can be static.
#pragma once

#include <cmath>
#include <cstring>

#define __global__
#define __device__
#define __shared__ static
#define __forceinline__ inline

struct Dim {
    unsigned x;
    unsigned y;
    unsigned z;
};

extern Dim threadIdx;
extern Dim blockIdx;
extern Dim blockDim;
extern Dim gridDim;

void __syncthreads();
int __syncthreads_or(int predicate);
const void* emulatedExchange(const void* value, unsigned size, unsigned lanes); // another lane's value, of up to 8 bytes

template <class T>
T __shfl_xor_sync(unsigned, T value, int lanes) {
    T other;
    std::memcpy(&other, emulatedExchange(&value, sizeof value, (unsigned) lanes), sizeof other);
    return other;
}

inline int atomicAdd(int* to, int value) {
    int old = *to;
    *to += value;
    return old;
}

inline int atomicMin(int* to, int value) {
    int old = *to;
    *to = value < old ? value : old;
    return old;
}

inline float __int_as_float(int bits) {
    float x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

inline float __uint_as_float(unsigned bits) {
    return __int_as_float((int) bits);
}

inline unsigned __float_as_uint(float x) {
    unsigned bits;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}
