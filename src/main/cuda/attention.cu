// Attention by heads around the products of cuBLAS. Weights are [items * steps, steps], an item an example and head: a row a
// key, a column a query, as on the processor. Threads side by side work on queries side by side.
#include "common.cuh"

// softmax of scale x scores down each column, over the keys that the query sees; zeros for the others
// launch: grid-stride 1d
extern "C" __global__ void ts_attention_softmax(
        float* weights, long long items, long long steps, long long causal, float scale) {
    for (long long i = firstIndex(); i < items * steps; i += indexStep()) {
        long long item = quotient(i, steps);
        long long query = i - item * steps;
        long long seen = causal ? query + 1 : steps;
        float* column = weights + item * steps * steps + query;
        float most = -INFINITY;
        for (long long key = 0; key < seen; key++) {
            most = larger(most, column[key * steps] * scale);
        }
        double sum = 0;
        for (long long key = 0; key < seen; key++) {
            float e = exponential(column[key * steps] * scale - most);
            column[key * steps] = e;
            sum += e;
        }
        float factor = (float) (1 / sum);
        for (long long key = 0; key < seen; key++) {
            column[key * steps] *= factor;
        }
        for (long long key = seen; key < steps; key++) {
            column[key * steps] = 0.0f;
        }
    }
}

// slopes holds the gradient by the weights and gets that by the scores before the scale: scale p (ds - sum(p ds)) down columns
// launch: grid-stride 1d
extern "C" __global__ void ts_attention_softmax_gradient(
        const float* weights, float* slopes, long long items, long long steps, float scale) {
    for (long long i = firstIndex(); i < items * steps; i += indexStep()) {
        long long item = quotient(i, steps);
        long long at = item * steps * steps + (i - item * steps);
        double sum = 0;
        for (long long key = 0; key < steps; key++) {
            sum += (double) weights[at + key * steps] * slopes[at + key * steps];
        }
        float dot = (float) sum;
        for (long long key = 0; key < steps; key++) {
            long long k = at + key * steps;
            slopes[k] = weights[k] * (slopes[k] - dot) * scale;
        }
    }
}

// The columns of x [examples * steps, thirds * heads * width] as blocks: out [thirds, examples * heads, steps, width], so that
// one strided batch holds all heads; thirds is 3 for queries, keys and values, 1 for what has one part
// launch: grid-stride 1d
extern "C" __global__ void ts_heads_apart(
        const float* x,
        float* out,
        long long examples,
        long long steps,
        long long heads,
        long long width,
        long long thirds,
        long long xStride) {
    for (long long i = firstIndex(); i < thirds * examples * heads * steps * width; i += indexStep()) {
        long long line = quotient(i, width);
        long long item = quotient(line, steps);
        long long group = quotient(item, heads);
        long long third = quotient(group, examples);
        long long row = (group - third * examples) * steps + (line - item * steps);
        long long column = (third * heads + (item - group * heads)) * width + (i - line * width);
        out[i] = x[row * xStride + column];
    }
}

// The reverse of ts_heads_apart: blocks [thirds, examples * heads, steps, width] back to columns of out
// launch: grid-stride 1d
extern "C" __global__ void ts_heads_together(
        const float* x,
        float* out,
        long long examples,
        long long steps,
        long long heads,
        long long width,
        long long thirds,
        long long outStride) {
    for (long long i = firstIndex(); i < thirds * examples * heads * steps * width; i += indexStep()) {
        long long line = quotient(i, width);
        long long item = quotient(line, steps);
        long long group = quotient(item, heads);
        long long third = quotient(group, examples);
        long long row = (group - third * examples) * steps + (line - item * steps);
        long long column = (third * heads + (item - group * heads)) * width + (i - line * width);
        out[row * outStride + column] = x[i];
    }
}
