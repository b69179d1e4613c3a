"""Training of inputs -> hidden -> 10 in PyTorch, driven line by line:

    prepare KIND TF32 INPUTS HIDDEN FACTOR BATCH SAMPLES
                        -> a number, or "no: " and why; KIND is dense, masked, dense-compiled or masked-compiled. With 0 samples it
                           runs steps over four batches, otherwise epochs over so many samples, which it shuffles on its device
    run NUMBER COUNT    -> seconds per step or epoch, after waiting for the device
    free NUMBER         -> ok

The first line it writes names its version and device. Dense networks are the dense parent; masked ones have FACTOR times as many hidden
neurons and a mask of the existing weights, as one writes it in PyTorch. Compiled ones use CUDA graphs. All data are random numbers that
lie on the device from the start.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
CLASSES = 10


class Masked(nn.Module):
    def __init__(self, inputs, hidden, factor):
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden * factor)
        self.logits = nn.Linear(hidden * factor, CLASSES)
        # Every input of a neuron is read by one of its children, and one in FACTOR of the outgoing weights is left.
        children = torch.randint(factor, (hidden, 1, inputs))
        mask = (children == torch.arange(factor).view(1, factor, 1)).float().reshape(hidden * factor, inputs)
        self.register_buffer("hidden_mask", mask)
        self.register_buffer("logits_mask", (torch.rand(CLASSES, hidden * factor) < 1 / factor).float())

    def forward(self, x):
        x = F.relu(F.linear(x, self.hidden.weight * self.hidden_mask, self.hidden.bias))
        return F.linear(x, self.logits.weight * self.logits_mask, self.logits.bias)


def dense(inputs, hidden):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, CLASSES))


class Work:
    def __init__(self, kind, tf32, inputs, hidden, factor, batch, samples):
        self.tf32 = tf32
        self.batch = batch
        compiled = kind.endswith("-compiled")
        on_gpu = DEVICE.type == "cuda"
        model = (Masked(inputs, hidden, factor) if kind.startswith("masked") else dense(inputs, hidden)).to(DEVICE)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=on_gpu, capturable=compiled and on_gpu)
        self.x = torch.rand(samples or 4 * batch, inputs, device=DEVICE)
        self.t = torch.randint(CLASSES, (len(self.x),), device=DEVICE)
        self.turn = self.epoch if samples else self.step

        def forward_loss(x, t):
            return F.cross_entropy(model(x), t)

        if compiled:
            forward_loss = torch.compile(forward_loss, mode="reduce-overhead" if on_gpu else "default")
        update = torch.compile(optimizer.step) if compiled else optimizer.step

        def train(x, t):
            optimizer.zero_grad(set_to_none=True)
            loss = forward_loss(x, t)
            loss.backward()
            update()
            return loss.detach()

        self.train = train
        self.run(1 if samples else 5)

    def step(self, number):
        part = slice(number % 4 * self.batch, (number % 4 + 1) * self.batch)
        self.train(self.x[part], self.t[part])

    def epoch(self, _):
        """As ours: the last batch takes the remaining samples, and the loss stays on the device until the end."""
        total = torch.zeros((), device=DEVICE)
        order = torch.randperm(len(self.x), device=DEVICE)
        for start in range(0, len(order), self.batch):
            chosen = order[start : start + self.batch]
            total += self.train(self.x[chosen], self.t[chosen]) * len(chosen)
        return total.item() / len(order)

    def run(self, count):
        torch.backends.cuda.matmul.allow_tf32 = self.tf32
        wait()
        start = time.perf_counter()
        for number in range(count):
            self.turn(number)
        wait()
        return (time.perf_counter() - start) / count


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
                print(f"no: {type(error).__name__}: {' '.join(str(error).split())[:300]}", flush=True)
        elif command == "run":
            print(works[int(rest[0])].run(int(rest[1])), flush=True)
        else:
            works[int(rest[0])] = None
            print("ok", flush=True)


main()
