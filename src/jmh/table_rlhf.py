#!/usr/bin/python3
"""Puts what rlhf.sh measured into tables. usage: table_rlhf.py FOLDER"""
import json
import statistics
import sys
from math import comb

folder = sys.argv[1]
turns = (1, 2, 3)
peers = [json.load(open("%s/peers-%d.json" % (folder, t))) for t in turns]
ours = [json.load(open("%s/ours-%d.json" % (folder, t))) for t in turns]
STEPS = ("vectorise", "fit", "evaluate")


def seconds(runs, name, step, first, last):
    return statistics.median(r[step] for run in runs for r in run["times"][name][first:last])


print("| features | step | here | scikit-learn | ratio |\n|---|---|---|---|---|")
total = {"here": 0.0, "there": 0.0, "cold": 0.0}
for name in peers[0]["times"]:
    for step in STEPS:
        here, there = seconds(ours, name, step, 5, 10), seconds(peers, name, step, 1, 3)
        cold = seconds(ours, name, step, 0, 1)
        total["here"] += here
        total["there"] += there
        total["cold"] += cold
        print("| %s | %s | %.4f s | %.4f s | %.2f |" % (name, step, here, there, there / here))
print("| all | all | %.3f s | %.3f s | %.2f |" % (total["here"], total["there"], total["there"] / total["here"]))
print("| all, first round of a fresh virtual machine | all | %.3f s | %.3f s | %.2f |" % (total["cold"], total["there"], total["there"] / total["cold"]))

print("\n| features | C | accuracy here | there | only here right | only there right | McNemar p | NLL here less there |")
print("|---|---|---|---|---|---|---|---|")
for a, b in zip(ours[0]["results"], peers[0]["results"]):
    x = sum(p and not q for p, q in zip(a["hits"], b["hits"]))
    y = sum(q and not p for p, q in zip(a["hits"], b["hits"]))
    p = min(1.0, 2 * sum(comb(x + y, k) for k in range(min(x, y) + 1)) / 2 ** (x + y))
    print("| %s | %g | %.4f | %.4f | %d | %d | %.3g | %.1e |" % (a["features"], a["c"], a["accuracy"], b["accuracy"], x, y, p, a["nll"] - b["nll"]))


def speeds(side):
    best = {}
    for t in turns:
        for line in open("%s/policy-%s-%d.txt" % (folder, side, t)):
            name, n, speed, *kind = line.split()
            turn = best.setdefault((name, int(n), *kind), {})
            turn[t] = max(turn.get(t, 0.0), float(speed))
    return {k: statistics.median(v.values()) for k, v in best.items()}


here, there = speeds("here"), speeds("torch")
print("\n| loss with gradient | tokens | here, double | torch, float32 | torch, float64 | ratio to the faster |\n|---|---|---|---|---|---|")
for (name, n), speed in here.items():
    f, d = there[name, n, "torch.float32"], there[name, n, "torch.float64"]
    print("| %s | %d | %.0f /s | %.0f /s | %.0f /s | %.2f |" % (name, n, speed, f, d, speed / max(f, d)))
v = peers[0]["versions"]
print("\nscikit-learn %s, numpy %s, scipy %s; load of the machine %s" % (v["sklearn"], v["numpy"], v["scipy"], " ".join(open(folder + "/load.txt").read().split())))
