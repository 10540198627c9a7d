#!/usr/bin/python3
"""Token-wise reward loss of Safe RLHF with gradients by torch's autograd in float64, for token_wise.json. Made with Debian's
python3-torch: /usr/bin/python3 make_token_wise.py > token_wise.json"""
import json
import sys

import torch
from torch.nn import functional as F

torch.manual_seed(5)
cases = []
for n, tokens, reg in ((1, 4, 0.0), (3, 7, 0.0), (5, 6, 0.03)):
    chosen = (2 * torch.randn(n, tokens, dtype=torch.float64)).requires_grad_()
    rejected = (2 * torch.randn(n, tokens, dtype=torch.float64)).requires_grad_()
    ids = torch.randint(0, 3, (2, n, tokens))
    lengths = torch.randint(2, tokens + 1, (2, n))
    ids[0, :, 1] = 7  # so that each pair differs within both lengths
    spans, losses = [], []
    for i in range(n):
        end = int(max(lengths[0, i], lengths[1, i])) - 1
        first = int((ids[0, i] != ids[1, i]).nonzero()[0])
        spans.append([first, end + 1])
        loss = -F.logsigmoid(chosen[i, first:end + 1] - rejected[i, first:end + 1]).mean()
        losses.append(loss + reg * (chosen[i].square().mean() + rejected[i].square().mean()))
    loss = torch.stack(losses).mean()
    loss.backward()
    cases.append(dict(reg=reg, chosen=chosen.tolist(), rejected=rejected.tolist(), idsChosen=ids[0].tolist(),
                      idsRejected=ids[1].tolist(), lengths=lengths.tolist(), spans=spans, loss=loss.item(),
                      gradChosen=chosen.grad.tolist(), gradRejected=rejected.grad.tolist()))
json.dump(dict(source="torch %s" % torch.__version__, cases=cases), sys.stdout, indent=0)
