"""Writes gru.json: torch.nn.GRU in double, its second bias at 0 (Debian's python3-torch 1.13.0).

Command: python3 make_gru.py > gru.json
"""
import json
import torch

torch.manual_seed(1)
n, steps, d, units = 2, 4, 3, 2
gru = torch.nn.GRU(d, units, batch_first=True).double()
gru.bias_hh_l0.data.zero_()
x = torch.randn(n, steps, d, dtype=torch.double)
y, _ = gru(x)
print(json.dumps({
    "torch": torch.__version__,
    "x": x.reshape(n * steps, d).tolist(),
    "project_weight": gru.weight_ih_l0.T.tolist(),
    "project_bias": [gru.bias_ih_l0.tolist()],
    "recurrent": gru.weight_hh_l0.T.tolist(),
    "y": y.reshape(n * steps, units).tolist(),
}))
