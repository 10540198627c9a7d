#!/usr/bin/python3
"""Torch reference for the losses of policies with gradients: PPO's clipped loss over n tokens, and GRPO's over groups of 8 answers with a
k3 penalty of weight 0.04; float32 and float64. Prints a line a case: name, tokens, losses a second. usage: bench_policy.py THREADS"""
import sys
import time

import torch

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)
ANSWERS, BETA = 8, 0.04


def ppo(now, old, ref, advantage, rewards, tokens):
    ratio = torch.exp(now - old)
    return -torch.min(ratio * advantage, ratio.clamp(0.8, 1.2) * advantage).mean()


def grpo(now, old, ref, advantage, rewards, tokens):
    a = (rewards - rewards.mean(1, keepdim=True)) / (rewards.std(1, keepdim=True) + 1e-4)
    k = ref - now
    return ppo(now, old, ref, a.reshape(-1).repeat_interleave(tokens), rewards, tokens) + BETA * (torch.exp(k) - k - 1).mean()


for groups, tokens in ((8, 1), (8, 16), (32, 256)):
    n = groups * ANSWERS * tokens
    for loss in (ppo, grpo):
        for dtype in (torch.float32, torch.float64):
            old = -3 * torch.rand(n, dtype=dtype)
            now = (old + 0.2 * torch.randn(n, dtype=dtype)).requires_grad_()
            ref, advantage = old + 0.2 * torch.randn(n, dtype=dtype), torch.randn(n, dtype=dtype)
            rewards = torch.randn(groups, ANSWERS, dtype=dtype)
            best = 0.0
            for _ in range(5):
                calls, t = 0, time.perf_counter()
                while time.perf_counter() - t < 0.3:
                    torch.autograd.grad(loss(now, old, ref, advantage, rewards, tokens), now)
                    calls += 1
                best = max(best, calls / (time.perf_counter() - t))
            print("%s %d %.1f %s" % (loss.__name__, n, best, dtype), flush=True)
