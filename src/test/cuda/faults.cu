// Kernels with faults, by which the tests show that the emulator and its checks find such.

// half of the threads wait at a barrier that the others never reach
// launch: one block, 64 threads
extern "C" __global__ void ts_fault_barrier(float* x) {
    if (threadIdx.x < 32) {
        __syncthreads();
    }
    x[threadIdx.x] = 1.0f;
}

// reads what another thread writes without a barrier between
// launch: one block, 64 threads
extern "C" __global__ void ts_fault_race(float* x) {
    __shared__ float shared[64];
    shared[threadIdx.x] = 0.0f;
    __syncthreads();
    shared[threadIdx.x] = (float) threadIdx.x;
    x[threadIdx.x] = shared[63 - threadIdx.x];
}

// writes one element too far
// launch: one block, 64 threads
extern "C" __global__ void ts_fault_bounds(float* x) {
    x[threadIdx.x + 1] = 1.0f;
}
