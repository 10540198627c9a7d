#!/usr/bin/python3
"""Puts what unlearn.sh measured into a table. usage: table_unlearn.py FOLDER"""
import os
import statistics
import sys

folder = sys.argv[1]


def seconds(name, model, method, first=False):
    """Median over turns of the last round, or of the first."""
    found = []
    for turn in os.environ.get("TURNS", "1 2 3").split():
        rows = [line.split() for line in open("%s/%s-%s.txt" % (folder, name, turn))]
        rounds = [float(r[3]) for r in rows if r[0] == model and r[1] == method]
        found.append(rounds[0] if first else rounds[-1])
    return statistics.median(found)


print("| model | method | here, warm | here, first | torch | torch to warm | torch to first |")
print("|---|---|---|---|---|---|---|")
for model in ("perceptron", "decoder"):
    for method in ("retrain", "difference", "npo", "teacher"):
        warm, first = seconds("here", model, method), seconds("here", model, method, True)
        torch = seconds("torch", model, method)
        print("| %s | %s | %.1f ms | %.1f ms | %.1f ms | %.2f | %.2f |" % (model, method, warm * 1e3, first * 1e3, torch * 1e3, torch / warm, torch / first))
print("\nLoad of the machine: %s" % " ".join(open(folder + "/load.txt").read().split()))
