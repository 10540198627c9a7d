#!/usr/bin/python3
"""The reference protocol of continual learning on scikit-learn's digits in numpy (float64) and in torch (float32).
64-100-10 ReLU, plain SGD at .1, batches of 10; class-incremental by two (5 epochs a task) and five permutations (10 epochs);
naive, replay (reservoir of 200, 10 a step), EWC (strength 10, exact Fisher information, proximal step), joint from scratch; 3 seeds.
Prints a line a run: scenario, method, seed, round, seconds, average accuracy. usage: bench_cl.py numpy|torch THREADS ROUNDS"""
import os
import sys

LIBRARY, THREADS, ROUNDS = sys.argv[1], sys.argv[2], int(sys.argv[3])
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = THREADS

import time

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

if LIBRARY == "torch":
    import torch

    torch.set_num_threads(int(THREADS))

RATE, BATCH, MEMORY, STRENGTH, HIDDEN, CLASSES = 0.1, 10, 200, 10.0, 100, 10
DIGITS = load_digits()


def parts(seed):
    return train_test_split(DIGITS.data / 16.0, DIGITS.target, test_size=0.2, random_state=seed, stratify=DIGITS.target)


def split(seed):
    x, u, y, v = parts(seed)
    pairs = [(2 * k, 2 * k + 1) for k in range(5)]
    return [(x[np.isin(y, p)], y[np.isin(y, p)], u[np.isin(v, p)], v[np.isin(v, p)]) for p in pairs]


def permuted(seed):
    x, u, y, v = parts(seed)
    draw = np.random.default_rng(1000 + seed)
    return [(x[:, p], y, u[:, p], v) for p in [np.arange(64)] + [draw.permutation(64) for _ in range(4)]]


def first_weights(draw):
    a, b = 1 / 8, 0.1
    return [draw.uniform(-a, a, (64, HIDDEN)), draw.uniform(-a, a, HIDDEN), draw.uniform(-b, b, (HIDDEN, CLASSES)), draw.uniform(-b, b, CLASSES)]


class Reservoir:
    def __init__(self, draw):
        self.draw, self.seen = draw, 0
        self.x, self.y = np.zeros((MEMORY, 64)), np.zeros(MEMORY, int)

    def offer(self, x, y):
        for a, b in zip(x, y):
            at = self.seen if self.seen < MEMORY else self.draw.integers(self.seen + 1)
            if at < MEMORY:
                self.x[at], self.y[at] = a, b
            self.seen += 1

    def some(self):
        n = min(self.seen, MEMORY)
        i = self.draw.choice(n, min(BATCH, n), replace=False)
        return self.x[i], self.y[i]


class Numpy:
    """Written out by hand, as fast as numpy makes it."""

    def __init__(self, weights):
        self.w = weights

    def forward(self, x):
        h = np.maximum(x @ self.w[0] + self.w[1], 0)
        return h, h @ self.w[2] + self.w[3]

    @staticmethod
    def softmax(z):
        e = np.exp(z - z.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def back(self, x, h, dz, f=lambda v: v):
        dh = (dz @ self.w[2].T) * (h > 0)
        return [f(x).T @ f(dh), f(dh).sum(0), f(h).T @ f(dz), f(dz).sum(0)]

    def step(self, x, y):
        h, z = self.forward(x)
        p = self.softmax(z)
        p[np.arange(len(y)), y] -= 1
        for w, g in zip(self.w, self.back(x, h, p / len(y))):
            w -= RATE * g

    def pull(self, fisher, anchor):
        for w, f, a in zip(self.w, fisher, anchor):
            w[...] = (w + RATE * STRENGTH * f * a) / (1 + RATE * STRENGTH * f)

    def fisher(self, x):
        h, z = self.forward(x)
        p = self.softmax(z)
        total = [np.zeros_like(w) for w in self.w]
        for c in range(CLASSES):
            d = p.copy()
            d[:, c] -= 1
            d *= np.sqrt(p[:, c : c + 1])
            for t, s in zip(total, self.back(x, h, d, np.square)):
                t += s / len(x)
        return total

    def copy(self):
        return [w.copy() for w in self.w]

    def accuracy(self, x, y):
        return float((self.forward(x)[1].argmax(1) == y).mean())

    @staticmethod
    def data(x, y):
        return x, y


torch_free = torch.no_grad() if LIBRARY == "torch" else (lambda method: method)


class Torch:
    """As a paper's program has it: a module, autograd and its SGD; the Fisher information for all rows at once."""

    def __init__(self, weights):
        self.net = torch.nn.Sequential(torch.nn.Linear(64, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, CLASSES))
        with torch.no_grad():
            for p, w in zip(self.net.parameters(), weights):
                p.copy_(torch.tensor(w.T, dtype=torch.float32))
        self.w = list(self.net.parameters())
        self.optimizer = torch.optim.SGD(self.w, RATE)

    def step(self, x, y):
        self.optimizer.zero_grad()
        torch.nn.functional.cross_entropy(self.net(x), y).backward()
        self.optimizer.step()

    @torch_free
    def pull(self, fisher, anchor):
        for w, f, a in zip(self.w, fisher, anchor):
            w.add_(RATE * STRENGTH * f * a).div_(1 + RATE * STRENGTH * f)

    @torch_free
    def fisher(self, x):
        h = torch.relu(self.net[0](x))
        p = torch.softmax(self.net[2](h), 1)
        total = [torch.zeros_like(w) for w in self.w]
        for c in range(CLASSES):
            d = p.clone()
            d[:, c] -= 1
            d *= p[:, c : c + 1].sqrt()
            dh = (d @ self.w[2]) * (h > 0)
            for t, s in zip(total, (dh.square().T @ x.square(), dh.square().sum(0), d.square().T @ h.square(), d.square().sum(0))):
                t += s / len(x)
        return total

    def copy(self):
        return [w.detach().clone() for w in self.w]

    @torch_free
    def accuracy(self, x, y):
        return float((self.net(x).argmax(1) == y).float().mean())

    @staticmethod
    def data(x, y):
        return torch.tensor(x, dtype=torch.float32), torch.tensor(y)


def run(tasks, method, seed, epochs):
    make = Numpy if LIBRARY == "numpy" else Torch
    draw = np.random.default_rng(seed)
    model = make(first_weights(draw))
    memory = Reservoir(draw)
    fisher = anchor = None
    scores = []
    for k, (x, y, _, _) in enumerate(tasks):
        if method == "joint":
            x, y = (np.concatenate([t[i] for t in tasks[: k + 1]]) for i in (0, 1))
            model = make(first_weights(np.random.default_rng(seed)))
        whole, labels = model.data(x, y)
        for epoch in range(epochs):
            order = draw.permutation(len(x))
            for at in range(0, len(order), BATCH):
                rows = order[at : at + BATCH]
                if method == "er" and memory.seen:
                    u, v = memory.some()
                    model.step(*model.data(np.concatenate([x[rows], u]), np.concatenate([y[rows], v])))
                else:
                    model.step(whole[rows], labels[rows])
                if fisher is not None:
                    model.pull(fisher, anchor)
                if method == "er" and epoch == 0:
                    memory.offer(x[rows], y[rows])
        if method == "ewc":
            now = model.fisher(whole)
            fisher = now if fisher is None else [a + b for a, b in zip(fisher, now)]
            anchor = model.copy()
        scores = [model.accuracy(*model.data(u, v)) for _, _, u, v in tasks]
    return np.mean(scores)


for turn in range(ROUNDS):
    for seed in range(3):
        for name, tasks, epochs in (("split", split(seed), 5), ("permuted", permuted(seed), 10)):
            for method in ("er", "ewc", "joint", "naive"):
                start = time.perf_counter()
                accuracy = run(tasks, method, seed, epochs)
                print("%s %s %d %d %.4f %.6f" % (name, method, seed, turn, time.perf_counter() - start, accuracy), flush=True)
