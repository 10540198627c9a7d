#!/usr/bin/python3
"""Puts what lm.sh measured into tables. usage: table_lm.py FOLDER"""
import json
import os
import re
import statistics
import sys

folder = sys.argv[1]
TURNS = [int(t) for t in os.environ.get("TURNS", "1 2 3").split()]


def lines(name, threads, turn, begin):
    for line in open("%s/%s-%d-%d.txt" % (folder, name, threads, turn)):
        if line.startswith(begin):
            yield line


def numbers(line):
    return [float(x) for x in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", line)]


def step(name, begin, threads, turn):
    """Milliseconds a step: the median of the last three rounds."""
    return statistics.median([numbers(line)[0] for line in lines(name, threads, turn, begin)][-3:])


def here_text(threads, turn):
    """(seconds, steps, loss) at each time."""
    return [tuple(numbers(line)[:3]) for line in lines("here", threads, turn, "text")]


def torch_text(threads, turn):
    return json.loads(next(lines("text-torch", threads, turn, "{")))["checkpoints_seconds_steps_valloss"]


def median(f):
    return statistics.median(f(t) for t in TURNS)


print("| threads | here | torch | torch's time over ours |")
print("|---|---|---|---|")
best = []
for n in (1, 2):
    ours, torch = (median(lambda t: step(name, begin, n, t)) for name, begin in (("here", "step"), ("step-torch", "torch transformer")))
    best.append((ours, torch))
    print("| %d | %.1f ms, %.0f tokens/s | %.1f ms, %.0f tokens/s | %.2f |" % (n, ours, 2048e3 / ours, torch, 2048e3 / torch, torch / ours))
ours, torch = (min(b[i] for b in best) for i in (0, 1))
print("| the faster | %.1f ms | %.1f ms | %.2f |" % (ours, torch, torch / ours))
print("\n| seconds | here, steps | loss | torch, steps | loss |")
print("|---|---|---|---|---|")
for i in range(4):
    for n in (1, 2):
        h = [here_text(n, t)[i] for t in TURNS]
        p = [torch_text(n, t)[i] for t in TURNS]
        row = [statistics.median(x[j] for x in side) for side in (h, p) for j in (1, 2)]
        print("| %d (%d threads) | %d | %.3f | %d | %.3f |" % (h[0][0], n, *row))
grammar = [numbers(line) for t in TURNS for line in lines("here", 1, t, "grammar")]
first, again = grammar[0::2], grammar[1::2]
print("\nGrammar: %.1f s the first time, %.1f s again; %.4f nats above the entropy" % (statistics.median(g[0] for g in first), statistics.median(g[0] for g in again), statistics.median(g[1] for g in grammar)))
print("Load of the machine: %s" % " ".join(open(folder + "/load.txt").read().split()))
