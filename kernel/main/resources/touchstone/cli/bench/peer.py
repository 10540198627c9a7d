"""The operations of `touchstone bench gpu` by torch, eager: a plan as one line of JSON comes in, a line for each operation goes out."""
import json
import sys
import time

import torch
import torch.nn.functional as F


def synchronize(device):
    if device == "cuda":
        torch.cuda.synchronize()


def once(device, run, runs, turn):
    synchronize(device)
    start = time.perf_counter()
    for i in range(runs):
        run(turn + i)
    synchronize(device)
    return max(1e-9, time.perf_counter() - start) / runs


def timed(device, run, seconds):
    """Median seconds of a run, timed as Touchstone times its own: two to warm up, seven repeats of 20 ms or more."""
    end = time.perf_counter() + seconds
    first = once(device, run, 1, 0)
    if time.perf_counter() >= end:
        return first
    runs = int(max(1, min(10_000, -(-0.02 // once(device, run, 1, 1)))))
    times = []
    while len(times) < 7 and (not times or time.perf_counter() < end):
        times.append(once(device, run, runs, len(times) * runs))
    times.sort()
    return (times[(len(times) - 1) // 2] + times[len(times) // 2]) / 2


def precise(row):
    tf32 = row.get("precision") == "tf32"
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.backends.cudnn.allow_tf32 = tf32


def copy(row, device):
    n = row["bytes"] // 4
    card = torch.zeros(n, device=device)
    if row["way"] == "within":
        other = torch.ones(n, device=device)
        return lambda turn: card.copy_(other)
    memory = torch.ones(n)
    if row["pinned"] and device == "cuda":
        memory = memory.pin_memory()
    if row["way"] == "up":
        return lambda turn: card.copy_(memory, non_blocking=True)
    return lambda turn: memory.copy_(card, non_blocking=True)


def product(row, device):
    n = row["n"]
    dtype = torch.bfloat16 if row["precision"] == "bf16" else torch.float32
    sets = max(1, min(16, (128 << 20) // (12 * n * n)))
    a = [torch.randn(n, n, device=device).to(dtype) for _ in range(sets)]
    b = [torch.randn(n, n, device=device).to(dtype) for _ in range(sets)]
    out = [torch.empty(n, n, device=device, dtype=dtype) for _ in range(sets)]
    return lambda turn: torch.mm(a[turn % sets], b[turn % sets], out=out[turn % sets])


def search(row, device):
    """Squared distances by one product a slab of queries, and topk."""
    queries = torch.randn(row["queries"], row["width"], device=device)
    rows = torch.randn(row["rows"], row["width"], device=device)
    free = torch.cuda.mem_get_info()[0] if device == "cuda" else 1 << 32
    slab = max(1, min(row["queries"], min(1 << 30, free // 16) // row["rows"]))

    def run(turn):
        lengths = (rows * rows).sum(1)
        for q in queries.split(slab):
            near = torch.addmm(lengths, q, rows.t(), beta=1, alpha=-2)
            torch.topk(near, row["k"], dim=1, largest=False)

    return run


def mahalanobis(row, device):
    d = row["width"]
    x = torch.randn(row["rows"], d, device=device)
    mean = torch.randn(d, device=device)
    lower = torch.eye(d, device=device) + torch.randn(d, d, device=device).tril(-1) / (4 * d)

    def run(turn):
        y = torch.linalg.solve_triangular(lower, (x - mean).t(), upper=False)
        return (y * y).sum(0)

    return run


def vim(row, device):
    d = row["width"]
    x = torch.randn(row["rows"], d, device=device)
    origin = torch.randn(d, device=device)
    basis = torch.randn(row["basis"], d, device=device) / d**0.5
    weights = torch.randn(row["classes"], d, device=device) / d**0.5

    def run(turn):
        residual = torch.linalg.norm((x - origin) @ basis.t(), dim=1)
        return residual - torch.logsumexp(x @ weights.t(), dim=1)

    return run


class Block(torch.nn.Module):
    def __init__(self, row):
        super().__init__()
        d = row["width"]
        self.heads = row["heads"]
        self.first, self.second = torch.nn.LayerNorm(d), torch.nn.LayerNorm(d)
        self.project = torch.nn.Linear(d, 3 * d, bias=False)
        self.join = torch.nn.Linear(d, d, bias=False)
        self.up, self.down = torch.nn.Linear(d, 4 * d), torch.nn.Linear(4 * d, d)

    def forward(self, x):
        n, t, d = x.shape
        parts = self.project(self.first(x)).view(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        if hasattr(F, "scaled_dot_product_attention"):
            mixed = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_causal=True)
        else:
            scores = parts[0] @ parts[1].transpose(-1, -2) / (d // self.heads) ** 0.5
            later = torch.ones(t, t, dtype=torch.bool, device=x.device).triu(1)
            mixed = scores.masked_fill(later, float("-inf")).softmax(-1) @ parts[2]
        x = x + self.join(mixed.transpose(1, 2).reshape(n, t, d))
        return x + self.down(F.gelu(self.up(self.second(x))))


class Transformer(torch.nn.Module):
    def __init__(self, row):
        super().__init__()
        self.tokens = torch.nn.Embedding(row["outputs"], row["width"])
        self.positions = torch.nn.Parameter(torch.zeros(row["steps"], row["width"]))
        self.blocks = torch.nn.Sequential(*[Block(row) for _ in range(row["layers"])])
        self.norm = torch.nn.LayerNorm(row["width"])
        self.head = torch.nn.Linear(row["width"], row["outputs"])

    def forward(self, ids):
        return self.head(self.norm(self.blocks(self.tokens(ids) + self.positions)))


def perceptron(row):
    layers, inputs = [], row["inputs"]
    for _ in range(row["layers"]):
        layers += [torch.nn.Linear(inputs, row["width"]), torch.nn.ReLU()]
        inputs = row["width"]
    return torch.nn.Sequential(*layers, torch.nn.Linear(inputs, row["outputs"]))


def training(row, device):
    reads = row["kind"] == "transformer"
    model = (Transformer(row) if reads else perceptron(row)).to(device)
    shape = (row["batch"], row["inputs"])
    x = torch.randint(row["outputs"], shape, device=device) if reads else torch.randn(shape, device=device)
    wanted = torch.randint(row["outputs"], (row["batch"] * row["steps"],), device=device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)

    def run(turn):
        optimizer.zero_grad()
        F.cross_entropy(model(x).reshape(-1, row["outputs"]), wanted).backward()
        optimizer.step()

    return run


KINDS = {"copy": copy, "product": product, "search": search, "mahalanobis": mahalanobis, "vim": vim,
         "perceptron": training, "transformer": training}


def main():
    plan = json.loads(sys.stdin.readline())
    device, rows = plan["device"], plan["rows"]
    torch.manual_seed(plan["seed"])
    end = time.perf_counter() + plan["seconds"]
    name = torch.cuda.get_device_name() if device == "cuda" else "cpu"
    print(json.dumps({"torch": torch.__version__, "device": name}), flush=True)
    for i, row in enumerate(rows):
        left = end - time.perf_counter()
        if left <= 0:
            break
        answer = {"key": row["key"]}
        try:
            precise(row)
            answer["speed"] = row["work"] / timed(device, KINDS[row["kind"]](row, device), left / max(3, len(rows) - i))
        except RuntimeError as e:
            answer["note"] = str(e).splitlines()[0]
        print(json.dumps(answer), flush=True)
        if device == "cuda":
            torch.cuda.empty_cache()


main()
