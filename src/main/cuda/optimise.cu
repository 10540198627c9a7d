// Steps of optimisers over n numbers without gaps; the same bits as touchstone.nn.cpu.FloatLoops.
#include "common.cuh"

// velocity = momentum velocity + gradient; value -= rate velocity
// launch: grid-stride 1d
extern "C" __global__ void ts_sgd(
        float* value, const float* gradient, float* velocity, long long n, float rate, float momentum) {
    for (long long i = firstIndex(); i < n; i += indexStep()) {
        float v = velocity[i] * momentum + gradient[i];
        velocity[i] = v;
        value[i] += -rate * v;
    }
}

// m = b1 m + rest1 g; v = b2 v + rest2 g^2; value -= rate m / (sqrt(v) scale + epsilon); rest = 1 - b, in double, rounded
// launch: grid-stride 1d
extern "C" __global__ void ts_adam(
        float* value,
        const float* gradient,
        float* first,
        float* second,
        long long n,
        float rate,
        float beta1,
        float beta2,
        float rest1,
        float rest2,
        float scale,
        float epsilon) {
    for (long long i = firstIndex(); i < n; i += indexStep()) {
        float g = gradient[i];
        float m = beta1 * first[i] + rest1 * g;
        float v = beta2 * second[i] + rest2 * g * g;
        first[i] = m;
        second[i] = v;
        value[i] -= rate * m / (sqrtf(v) * scale + epsilon);
    }
}
