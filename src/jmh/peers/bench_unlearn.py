#!/usr/bin/python3
"""Unlearning methods written in torch, the same steps as UnlearnSpeed.java. usage: bench_unlearn.py THREADS"""
import copy
import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)


class Block(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads, self.a, self.b = heads, nn.LayerNorm(d), nn.LayerNorm(d)
        self.qkv, self.o = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.f = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d))

    def forward(self, x, mask):
        n, t, d = x.shape
        q, k, v = self.qkv(self.a(x)).view(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        p = (q @ k.transpose(-1, -2) / math.sqrt(d // self.heads) + mask).softmax(-1)
        x = x + self.o((p @ v).transpose(1, 2).reshape(n, t, d))
        return x + self.f(self.b(x))


class Decoder(nn.Module):
    """Logits of the last token of sequences."""

    def __init__(self, v=64, d=32, layers=2, heads=4, t=4):
        super().__init__()
        self.e, self.p = nn.Embedding(v, d), nn.Parameter(torch.randn(t, d) * 0.02)
        self.blocks = nn.ModuleList([Block(d, heads) for _ in range(layers)])
        self.n, self.u = nn.LayerNorm(d), nn.Linear(d, v)
        self.register_buffer("mask", torch.full((t, t), -1e9).triu(1))

    def forward(self, x):
        h = self.e(x) + self.p
        for block in self.blocks:
            h = block(h, self.mask)
        return self.u(self.n(h))[:, -1]


def perceptron():
    return nn.Sequential(nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 32), nn.ReLU(), nn.Linear(32, 10))


def run(model, epochs, batch, forget, retain, loss):
    """Adam at 1e-3, norm clipped at 1: epochs over the first set, as many rows of the second at each step."""
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    at = 0
    for _ in range(epochs):
        order = torch.randperm(len(forget[0]))
        for i in range(0, len(order), batch):
            f = order[i:i + batch]
            r = [(at + j) % len(retain[0]) for j in range(min(batch, len(f)))]
            at += batch
            optimizer.zero_grad()
            loss(model, f, r).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
            optimizer.step()


def methods(make, forget, retain, epochs, batch):
    trained = make()
    fx, fy = forget
    rx, ry = retain

    def kl(reference, logits):
        return F.kl_div(F.log_softmax(logits, -1), F.log_softmax(reference, -1), log_target=True, reduction="batchmean")

    def retrain():
        run(make(), epochs, batch, retain, retain, lambda m, f, r: F.cross_entropy(m(rx[f]), ry[f]))

    def difference():
        run(copy.deepcopy(trained), 12, 32, forget, retain, lambda m, f, r: -0.05 * F.cross_entropy(m(fx[f]), fy[f]) + F.cross_entropy(m(rx[r]), ry[r]))

    def npo():
        with torch.no_grad():
            reference = F.cross_entropy(trained(fx), fy, reduction="none")

        def loss(m, f, r):
            ratio = reference[f] - F.cross_entropy(m(fx[f]), fy[f], reduction="none")
            return -2 / 0.1 * F.logsigmoid(-0.1 * ratio).mean() + F.cross_entropy(m(rx[r]), ry[r])

        run(copy.deepcopy(trained), 12, 32, forget, retain, loss)

    def teacher():
        with torch.no_grad():
            bad, good = make()(fx), trained(rx)
        run(copy.deepcopy(trained), 12, 32, forget, retain, lambda m, f, r: kl(bad[f], m(fx[f])) + kl(good[r], m(rx[r])))

    return dict(retrain=retrain, difference=difference, npo=npo, teacher=teacher)


def report(name, table):
    for turn in range(3):
        for label, method in table.items():
            start, times = time.perf_counter(), 1 if label == "retrain" else 3
            for _ in range(times):
                method()
            print("%s %s %d %.5f" % (name, label, turn, (time.perf_counter() - start) / times))


x, y = torch.rand(900, 64), torch.randint(0, 10, (900,))
report("perceptron", methods(perceptron, (x[:90], y[:90]), (x[90:], y[90:]), 20, 32))
x, y = torch.randint(0, 64, (256, 4)), torch.randint(0, 64, (256,))
report("decoder", methods(Decoder, (x[:16], y[:16]), (x[16:], y[16:]), 90, 64))
