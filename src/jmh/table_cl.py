#!/usr/bin/python3
"""Puts what cl.sh measured into tables. usage: table_cl.py FOLDER"""
import statistics
import sys

folder = sys.argv[1]
TURNS = (1, 2, 3)


def runs(name, turn):
    """(scenario, method, round) -> seconds of the seeds and accuracies of the seeds; and the milliseconds of the matrix."""
    found, figures = {}, []
    for line in open("%s/%s-%d.txt" % (folder, name, turn)):
        scenario, method, seed, turned, seconds, *accuracy = line.split()
        if scenario == "matrix":
            figures.append(float(seconds))
        else:
            found.setdefault((scenario, method, int(turned)), []).append((float(seconds), float(accuracy[0])))
    return found, figures


def seconds(name, scenario, method, turned):
    """Median over turns of the mean over seeds."""
    return statistics.median(statistics.mean(s for s, _ in runs(name, t)[0][scenario, method, turned]) for t in TURNS)


def accuracies(name, scenario, method):
    return [a for _, a in runs(name, 1)[0][scenario, method, 0]]


def spread(values):
    return "%.3f ± %.3f" % (statistics.mean(values), statistics.pstdev(values))


print("| scenario | method | here, warm | here, first | numpy | torch | to numpy | to torch | first to torch | accuracy here | numpy | torch |")
print("|---|---|---|---|---|---|---|---|---|---|---|---|")
totals = [0.0] * 4
for scenario in ("split", "permuted"):
    for method in ("naive", "er", "ewc", "joint"):
        warm, first = (seconds("here", scenario, method, r) for r in (2, 0))
        numpy, torch = (min(seconds("%s-%d" % (lib, n), scenario, method, 0) for n in (1, 2)) for lib in ("numpy", "torch"))
        totals = [a + b for a, b in zip(totals, (warm, first, numpy, torch))]
        scores = [spread(accuracies(n, scenario, method)) for n in ("here", "numpy-1", "torch-1")]
        print("| %s | %s | %.3f s | %.3f s | %.3f s | %.3f s | %.2f | %.2f | %.2f | %s |" % (scenario, method, warm, first, numpy, torch, numpy / warm, torch / warm, torch / first, " | ".join(scores)))
warm, first, numpy, torch = totals
print("| all | all | %.3f s | %.3f s | %.3f s | %.3f s | %.2f | %.2f | %.2f | | | |" % (warm, first, numpy, torch, numpy / warm, torch / warm, torch / first))
figures = [runs("here", t)[1] for t in TURNS]
print("\nAll figures of a 1,000-task matrix: %.0f ms warm, %.0f ms the first time" % (statistics.median(f[-1] for f in figures), statistics.median(f[0] for f in figures)))
print("Load of the machine: %s" % " ".join(open(folder + "/load.txt").read().split()))
