// Launches a kernel by name, with the arguments of cuLaunchKernel: see ts_emulate at the end.
#include "emulator.h"

#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <ucontext.h>
#include <utility>
#include <vector>

#include "sources.inc" // the kernels, one #include each

Dim threadIdx;
Dim blockIdx;
Dim blockDim;
Dim gridDim;

namespace {

enum class State { READY, AT_BLOCK, AT_WARP, DONE };

struct Fibre {
    ucontext_t start;
    jmp_buf at;
    std::vector<char> stack;
    bool started = false;
    State state = State::DONE;
    Dim thread{};
    uint64_t slots[2] = {};
    unsigned exchanges = 0;
};

const unsigned MOST = 1024; // threads a block, as on a card
const std::size_t STACK = 64 << 10;

std::vector<Fibre> fibres(MOST);
jmp_buf scheduler;
unsigned current;
unsigned count;
unsigned atBlock;
int vote;
int votes;
std::vector<unsigned> atWarp(MOST / 32);
std::function<void()> body;
int order;
bool stuck;

void pause() {
    if (!_setjmp(fibres[current].at)) {
        _longjmp(scheduler, 1);
    }
}

// Threads without end: each, once it has run, waits to be the thread of another block.
void fibre() {
    for (;;) {
        body();
        fibres[current].state = State::DONE;
        pause();
    }
}

void resume(unsigned t) {
    current = t;
    threadIdx = fibres[t].thread;
    if (!_setjmp(scheduler)) {
        if (fibres[t].started) {
            _longjmp(fibres[t].at, 1);
        }
        fibres[t].started = true;
        fibres[t].stack.resize(STACK);
        getcontext(&fibres[t].start);
        fibres[t].start.uc_stack.ss_sp = fibres[t].stack.data();
        fibres[t].start.uc_stack.ss_size = STACK;
        fibres[t].start.uc_link = nullptr;
        makecontext(&fibres[t].start, fibre, 0);
        setcontext(&fibres[t].start);
    }
}

void wait(State state, unsigned from, unsigned to, unsigned& arrived) {
    if (++arrived < to - from) {
        fibres[current].state = state;
        pause();
        return;
    }
    arrived = 0;
    for (unsigned t = from; t < to; t++) {
        if (t != current) {
            if (fibres[t].state != state) {
                stuck = true; // a thread of the group has ended or waits elsewhere
            }
            fibres[t].state = State::READY;
        }
    }
}

// Numbers below n: rising, falling, or shuffled by a seed.
std::vector<unsigned> turns(unsigned n) {
    std::vector<unsigned> out(n);
    for (unsigned t = 0; t < n; t++) {
        out[t] = order == 1 ? n - 1 - t : t;
    }
    uint64_t seed = (uint64_t) order;
    for (unsigned t = n; order > 1 && t > 1; t--) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        std::swap(out[t - 1], out[(seed >> 33) % t]);
    }
    return out;
}

// Lets the threads of a warp run as far as they can; whether any could.
bool run(unsigned warp, const std::vector<unsigned>& lanes) {
    bool moved = false;
    for (bool again = true; again;) {
        again = false;
        for (unsigned lane : lanes) {
            unsigned t = warp * 32 + lane;
            if (t < count && fibres[t].state == State::READY) {
                resume(t);
                again = true;
            }
        }
        moved = moved || again;
    }
    return moved;
}

// A warp runs on, past a barrier that it was the last to reach, while the others still stand there: so a barrier that is missing
// further down shows.
bool block(const std::vector<unsigned>& warps, const std::vector<unsigned>& lanes) {
    for (unsigned t = 0; t < count; t++) {
        unsigned plane = t / blockDim.x;
        fibres[t].thread = Dim{t % blockDim.x, plane % blockDim.y, plane / blockDim.y};
        fibres[t].state = State::READY;
        fibres[t].exchanges = 0;
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (unsigned warp : warps) {
            moved = run(warp, lanes) || moved;
        }
    }
    for (unsigned t = 0; t < count; t++) {
        stuck = stuck || fibres[t].state != State::DONE;
    }
    return !stuck;
}

// After threads that will never meet: nothing of them is kept.
void reset() {
    for (Fibre& f : fibres) {
        f.started = false;
    }
    atBlock = 0;
    std::fill(atWarp.begin(), atWarp.end(), 0u);
    stuck = false;
}

bool grid() {
    std::vector<unsigned> warps = turns((count + 31) / 32);
    std::vector<unsigned> lanes = turns(32);
    uint64_t blocks = (uint64_t) gridDim.x * gridDim.y * gridDim.z;
    for (uint64_t b = 0; b < blocks; b++) {
        uint64_t at = order == 1 ? blocks - 1 - b : b;
        blockIdx.x = (unsigned) (at % gridDim.x);
        blockIdx.y = (unsigned) (at / gridDim.x % gridDim.y);
        blockIdx.z = (unsigned) (at / gridDim.x / gridDim.y);
        if (!block(warps, lanes)) {
            reset();
            return false;
        }
    }
    return true;
}

typedef std::function<void(void**)> Kernel;

template <class... A, std::size_t... I>
Kernel kernelOf(void (*f)(A...), std::index_sequence<I...>) {
    return [f](void** args) { f(*static_cast<A*>(args[I])...); };
}

template <class... A>
Kernel kernelOf(void (*f)(A...)) {
    return kernelOf(f, std::index_sequence_for<A...>());
}

const std::map<std::string, Kernel> KERNELS = {
#define KERNEL(name) {#name, kernelOf(name)},
#include "names.inc" // KERNEL(ts_fill) and so on
};

std::mutex one;

} // namespace

void __syncthreads() {
    wait(State::AT_BLOCK, 0, count, atBlock);
}

int __syncthreads_or(int predicate) {
    vote |= predicate != 0;
    if (atBlock + 1 == count) {
        votes = vote; // the last to come; nobody votes again before the others have read it
        vote = 0;
    }
    __syncthreads();
    return votes;
}

// Two slots in turn: who writes the first one again has met, at the barrier between, all who read it.
const void* emulatedExchange(const void* value, unsigned size, unsigned lanes) {
    unsigned mine = current;
    unsigned slot = fibres[mine].exchanges++ % 2;
    std::memcpy(&fibres[mine].slots[slot], value, size);
    unsigned from = mine / 32 * 32;
    wait(State::AT_WARP, from, from + 32 < count ? from + 32 : count, atWarp[mine / 32]);
    return &fibres[mine ^ lanes].slots[slot];
}

// Whether there is such a kernel: 1 or 0.
extern "C" int ts_emulated(const char* kernel) {
    return KERNELS.count(kernel) ? 1 : 0;
}

// In what order warps and their threads take turns: 0 rising, 1 falling (blocks too), otherwise shuffled by the number. What a
// kernel computes must not depend on it.
extern "C" void ts_emulator_order(int value) {
    order = value;
}

// Runs a kernel. Gives 0; 1 where there is no such kernel, 2 where the sizes of the grid or the block are none, 3 where threads
// wait at barriers that others never reach.
extern "C" int ts_emulate(
        const char* kernel,
        unsigned gx,
        unsigned gy,
        unsigned gz,
        unsigned bx,
        unsigned by,
        unsigned bz,
        unsigned sharedBytes,
        void** args) {
    std::lock_guard<std::mutex> alone(one);
    auto found = KERNELS.find(kernel);
    if (found == KERNELS.end()) {
        return 1;
    }
    uint64_t threads = (uint64_t) bx * by * bz;
    if (threads == 0 || threads > MOST || (uint64_t) gx * gy * gz == 0 || gy > 65535 || gz > 65535 || sharedBytes > 49152) {
        return 2;
    }
    gridDim = Dim{gx, gy, gz};
    blockDim = Dim{bx, by, bz};
    count = (unsigned) threads;
    body = [&found, args] { found->second(args); };
    return grid() ? 0 : 3;
}
