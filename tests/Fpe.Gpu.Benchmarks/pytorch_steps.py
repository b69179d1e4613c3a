"""Training steps of width -> width -> 10 in PyTorch, driven line by line:

    prepare KIND TF32 INPUTS HIDDEN FACTOR BATCH   -> a number, or "no: " and why; KIND is dense, masked, dense-compiled or masked-compiled
    run NUMBER STEPS                               -> seconds per step, after waiting for the device
    free NUMBER                                    -> ok

The first line it writes names its version and device. Dense networks are the dense parent; masked ones have FACTOR times as many hidden
neurons and a mask of the existing weights, as one writes it in PyTorch. Compiled ones use CUDA graphs.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Masked(nn.Module):
    def __init__(self, inputs, hidden, factor):
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden * factor)
        self.logits = nn.Linear(hidden * factor, 10)
        # Every input of a neuron is read by one of its children, and one in FACTOR of the outgoing weights is left.
        children = torch.randint(factor, (hidden, 1, inputs))
        mask = (children == torch.arange(factor).view(1, factor, 1)).float().reshape(hidden * factor, inputs)
        self.register_buffer("hidden_mask", mask)
        self.register_buffer("logits_mask", (torch.rand(10, hidden * factor) < 1 / factor).float())

    def forward(self, x):
        x = F.relu(F.linear(x, self.hidden.weight * self.hidden_mask, self.hidden.bias))
        return F.linear(x, self.logits.weight * self.logits_mask, self.logits.bias)


def dense(inputs, hidden):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, 10))


class Work:
    def __init__(self, kind, tf32, inputs, hidden, factor, batch):
        self.tf32 = tf32
        compiled = kind.endswith("-compiled")
        model = (Masked(inputs, hidden, factor) if kind.startswith("masked") else dense(inputs, hidden)).to(DEVICE)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=DEVICE.type == "cuda", capturable=compiled and DEVICE.type == "cuda")
        self.x = torch.rand(4, batch, inputs, device=DEVICE)
        self.t = torch.randint(10, (4, batch), device=DEVICE)

        def forward_loss(x, t):
            return F.cross_entropy(model(x), t)

        if compiled:
            forward_loss = torch.compile(forward_loss, mode="reduce-overhead" if DEVICE.type == "cuda" else "default")
        update = torch.compile(optimizer.step) if compiled else optimizer.step

        def step(s):
            optimizer.zero_grad(set_to_none=True)
            forward_loss(self.x[s % 4], self.t[s % 4]).backward()
            update()

        self.step = step
        self.run(5)

    def run(self, steps):
        torch.backends.cuda.matmul.allow_tf32 = self.tf32
        wait()
        start = time.perf_counter()
        for s in range(steps):
            self.step(s)
        wait()
        return (time.perf_counter() - start) / steps


def wait():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


def main():
    works = {}
    name = torch.cuda.get_device_name() if DEVICE.type == "cuda" else "the processor: PyTorch sees no GPU"
    print(f"PyTorch {torch.__version__} on {name}", flush=True)
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "prepare":
            kind, tf32, *sizes = rest
            number = len(works)
            torch.backends.cuda.matmul.allow_tf32 = tf32 == "1"
            try:
                works[number] = Work(kind, tf32 == "1", *map(int, sizes))
                print(number, flush=True)
            except Exception as error:
                works[number] = None
                print(f"no: {type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}", flush=True)
        elif command == "run":
            print(works[int(rest[0])].run(int(rest[1])), flush=True)
        else:
            works[int(rest[0])] = None
            print("ok", flush=True)


main()
