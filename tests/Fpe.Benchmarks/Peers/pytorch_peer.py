"""The PyTorch side of the comparison: prepares work and runs it when told, a line a command, a line an answer.

    layer NAME KIND INPUTS PARENTS FACTOR BATCH SHARE    prepares a training step of one layer: ready
    network NAME INPUTS PARENTS BATCH                    prepares a training step of the dense parent and ten classes: ready
    convolution NAME WHAT CHANNELS SIZE FILTERS KERNEL PADDING BATCH GROUPS DILATION    prepares work on a convolution with ReLU: ready
    pointwise NAME KERNEL PASS CHANNELS PLACES BATCH     prepares a kernel that memory limits: ready
    bag NAME WHAT VOCABULARY DIMENSION BATCH TOKENS      prepares means of rows of a table: ready
    attention NAME WHAT UNITS PLACES HEADS BATCH         prepares self-attention: ready
    epoch NAME KIND FOLDER HIDDEN FACTOR BATCH LIMIT     prepares an epoch of FashionMNIST: ready
    run NAME CALLS                                       seconds that many calls took
    drop NAME                                            frees the work: ready

KIND is dense (the parent), masked (the wide weight times a mask, what one writes in PyTorch) or blocks (index_select and bmm
over the blocks of a shared partition). WHAT is forward, step (forward and all gradients), or pool or average (the
largest or the mean of 2 by 2 outputs, forward and gradient); for a bag a step includes Adam. KERNEL and PASS are keys of pointwise(). Its
arguments are the number of threads and the time that is measured: of the processor, or of the clock on the wall. Everything but the
work itself is done outside the timed calls.
"""
import gzip
import itertools
import sys
import time

import torch
from torch import nn
from torch.nn.functional import avg_pool2d, conv2d, cross_entropy, linear, max_pool2d, relu

TRIAL_CALLS = 3
BATCHES_OF_BAGS = 8
BATCHES_OF_NETWORKS, CLASSES = 4, 10
HEADER_OF_IMAGES, HEADER_OF_LABELS = 16, 8
MEAN, DEVIATION = 0.2860, 0.3530


def children_of_inputs(groups, inputs, factor):
    """A balanced random partition for each group: [groups, inputs]."""
    turns = torch.arange(inputs) % factor
    return torch.stack([turns[torch.randperm(inputs)] for _ in range(groups)])


class Dense(nn.Module):
    def __init__(self, inputs, parents, factor, share):
        super().__init__()
        self.layer = nn.Linear(inputs, parents)

    def forward(self, x):
        return relu(self.layer(x))


class Masked(nn.Module):
    def __init__(self, inputs, parents, factor, share):
        super().__init__()
        self.layer = nn.Linear(inputs, parents * factor)
        child_of = children_of_inputs(parents // share, inputs, factor).repeat_interleave(share, dim=0)
        mask = child_of[:, None, :] == torch.arange(factor)[None, :, None]
        self.register_buffer("mask", mask.reshape(parents * factor, inputs).float())

    def forward(self, x):
        return relu(linear(x, self.layer.weight * self.mask, self.layer.bias))


class Blocks(nn.Module):
    """Features lie first, so that index_select copies whole rows and bmm needs no transpose."""

    def __init__(self, inputs, parents, factor, share):
        super().__init__()
        blocks, self.width = parents // share * factor, inputs // factor
        columns = children_of_inputs(parents // share, inputs, factor).argsort(dim=1, stable=True)
        self.register_buffer("columns", columns.reshape(-1))
        self.weight = nn.Parameter((torch.rand(blocks, share, self.width) - 0.5) / inputs**0.5)
        self.bias = nn.Parameter(torch.zeros(blocks, share, 1))

    def forward(self, x):
        gathered = x.index_select(0, self.columns).view(self.weight.shape[0], self.width, -1)
        return relu(torch.baddbmm(self.bias, self.weight, gathered))


KINDS = {"dense": Dense, "masked": Masked, "blocks": Blocks}


def fastest(works):
    """The one that does a few calls in the least time."""

    def trial(work):
        work()
        start = time.process_time()
        for _ in range(TRIAL_CALLS):
            work()
        return time.process_time() - start

    return min(works, key=trial)


def layer(kind, inputs, parents, factor, batch, share):
    """Forward, gradients of weights and inputs, Adam; Adam in whichever of its forms is faster."""

    def step_with(foreach):
        model = KINDS[kind](inputs, parents, factor, share)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-8, foreach=foreach)
        x = torch.rand((inputs, batch) if kind == "blocks" else (batch, inputs), requires_grad=True)
        with torch.no_grad():
            gradient = torch.rand_like(model(x)) - 0.5

        def step():
            optimizer.zero_grad(set_to_none=True)
            x.grad = None
            model(x).backward(gradient)
            optimizer.step()

        return step

    return fastest([step_with(False), step_with(True)])


def network(inputs, parents, batch):
    """A batch gathered, forward, cross-entropy, backward, Adam; Adam in whichever of its forms is faster."""
    samples = BATCHES_OF_NETWORKS * batch
    features, labels = torch.rand(samples, inputs), torch.randint(CLASSES, (samples,))
    batches = torch.arange(samples).split(batch)

    def step_with(foreach):
        model = nn.Sequential(nn.Linear(inputs, parents), nn.ReLU(), nn.Linear(parents, CLASSES))
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-8, foreach=foreach)
        turns = itertools.cycle(batches)

        def step():
            rows = next(turns)
            optimizer.zero_grad(set_to_none=True)
            cross_entropy(model(features.index_select(0, rows)), labels.index_select(0, rows)).backward()
            optimizer.step()

        return step

    return fastest([step_with(False), step_with(True)])


def convolution(what, channels, size, filters, kernel, padding, batch, groups, dilation):
    """Forward without gradients to come, forward and all gradients, or the pooling of the outputs."""
    weight = (torch.rand(filters, channels // groups, kernel, kernel) - 0.5).requires_grad_(what == "step")
    bias = torch.zeros(filters, requires_grad=what == "step")
    images = (torch.rand(batch, channels, size, size) - 0.5).requires_grad_(what == "step")
    with torch.no_grad():
        outputs = conv2d(images, weight, bias, padding=padding, groups=groups, dilation=dilation)
        gradient = torch.rand_like(outputs) - 0.5
        pooled = torch.rand_like(max_pool2d(outputs, 2))
    outputs.requires_grad_(what in ("pool", "average"))

    def forward():
        with torch.no_grad():
            relu(conv2d(images, weight, bias, padding=padding, groups=groups, dilation=dilation))

    def step():
        images.grad = weight.grad = bias.grad = None
        relu(conv2d(images, weight, bias, padding=padding, groups=groups, dilation=dilation)).backward(gradient)

    def pool(kind):
        outputs.grad = None
        kind(outputs, 2).backward(pooled)

    return {
        "forward": forward, "step": step, "pool": lambda: pool(max_pool2d), "average": lambda: pool(avg_pool2d),
    }[what]


def pointwise(kernel, which, channels, places, batch):
    """The operators that autograd calls, called without it, which is faster."""
    aten = torch.ops.aten
    shape = (batch, channels) if places == 1 else (batch, channels, places, 1)
    x, dy = torch.rand(shape) - 0.5, torch.rand(shape) - 0.5
    scale, shift = torch.rand(channels), torch.rand(channels)
    running_mean, running_variance = torch.zeros(channels), torch.ones(channels)
    total = dy.clone()
    half = x[:, : channels // 2].contiguous(), dy[:, channels // 2 :].contiguous()
    features = [channels]
    everything = [True, True, True]

    def batch_norm(training):
        return aten.native_batch_norm(x, scale, shift, running_mean, running_variance, training, 0.1, 1e-5)

    forwards = {
        "layer": lambda: aten.native_layer_norm(x, features, scale, shift, 1e-5),
        "batch": lambda: batch_norm(True),
        "predict": lambda: batch_norm(False),
        "mean": lambda: aten.mean(x, [2, 3]),
        "Relu": lambda: aten.relu(x),
        "Gelu": lambda: aten.gelu(x),
        "Silu": lambda: aten.silu(x),
        "HardSwish": lambda: aten.hardswish(x),
        "Tanh": lambda: aten.tanh(x),
        "Sigmoid": lambda: aten.sigmoid(x),
        "Softplus": lambda: aten.softplus(x),
        "add": lambda: total.add_(x),
        "concat": lambda: torch.cat(half, 1),
    }
    forward = forwards[kernel]
    result = forward()
    backwards = {
        "layer": lambda: aten.native_layer_norm_backward(dy, x, features, *result[1:], scale, shift, everything),
        "batch": lambda: aten.native_batch_norm_backward(
            dy, x, scale, running_mean, running_variance, *result[1:], True, 1e-5, everything),
        "mean": lambda: (result / places)[:, :, None, None].expand(shape).contiguous(),
        "Relu": lambda: aten.threshold_backward(dy, result, 0),
        "Gelu": lambda: aten.gelu_backward(dy, x),
        "Silu": lambda: aten.silu_backward(dy, x),
        "HardSwish": lambda: aten.hardswish_backward(dy, x),
        "Tanh": lambda: aten.tanh_backward(dy, result),
        "Sigmoid": lambda: aten.sigmoid_backward(dy, result),
        "Softplus": lambda: aten.softplus_backward(dy, x, 1, 20),
    }
    work = forward if which == "forward" else backwards[kernel]

    def run():
        with torch.no_grad():
            work()

    return run


def bag(what, vocabulary, dimension, batch, tokens):
    """Rows that are not read get neither a gradient nor a step. Some batches take turns, as ours do."""
    model = nn.EmbeddingBag(vocabulary, dimension, mode="mean", sparse=True)
    optimizer = torch.optim.SparseAdam(list(model.parameters()), lr=1e-8)
    gradient = torch.rand(batch, dimension) - 0.5
    turns = itertools.cycle([torch.randint(vocabulary, (batch, tokens)) for _ in range(BATCHES_OF_BAGS)])

    def forward():
        with torch.no_grad():
            model(next(turns))

    def step():
        optimizer.zero_grad(set_to_none=True)
        model(next(turns)).backward(gradient)
        optimizer.step()

    return forward if what == "forward" else step


def attention(what, units, places, heads, batch):
    """Heads as views of what a linear layer computes, or already apart, whichever is faster."""
    width = units // heads
    scale = width**-0.5

    def of(shape, split):
        x = (torch.rand(shape) - 0.5).requires_grad_(what == "step")
        with torch.no_grad():
            gradient = torch.rand_like(split(x)) - 0.5

        def forward():
            with torch.no_grad():
                split(x)

        def step():
            x.grad = None
            split(x).backward(gradient)

        return forward if what == "forward" else step

    def weighted(q, k, v):
        return torch.softmax(q @ (k.transpose(-2, -1) * scale), -1) @ v

    def views(x):
        q, k, v = x.view(batch, places, 3, heads, width).permute(2, 0, 3, 1, 4)
        return weighted(q, k, v).transpose(1, 2).reshape(batch, places, units)

    def apart(x):
        return weighted(*x)

    return fastest([
        of((batch, places, 3 * units), views), of((3, batch * heads, places, width), apart),
    ])


def fashion_mnist(folder, limit):
    with gzip.open(f"{folder}/train-images-idx3-ubyte.gz") as file:
        pixels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=HEADER_OF_IMAGES)
    with gzip.open(f"{folder}/train-labels-idx1-ubyte.gz") as file:
        labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=HEADER_OF_LABELS)
    images = (pixels.view(-1, 784).float() / 255 - MEAN) / DEVIATION
    return images[:limit].contiguous(), labels[:limit].long()


def epoch(kind, folder, hidden, factor, batch, limit):
    """Shuffle, gather, forward, cross-entropy, backward, Adam, and the sums of loss and right answers, as ours keeps them."""
    images, labels = fashion_mnist(folder, limit)
    width = hidden if kind == "dense" else hidden * factor
    model = nn.Sequential(KINDS[kind](784, hidden, factor, 1), nn.Linear(width, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def run():
        loss_sum, right = torch.zeros(()), torch.zeros((), dtype=torch.long)
        for samples in torch.randperm(len(images)).split(batch):
            x, y = images.index_select(0, samples), labels.index_select(0, samples)
            optimizer.zero_grad(set_to_none=True)
            logits = model(x)
            loss = cross_entropy(logits, y)
            loss.backward()
            optimizer.step()
            loss_sum += loss.detach()
            right += (logits.detach().argmax(1) == y).sum()
        return loss_sum.item(), right.item()

    return run


def main():
    threads = int(sys.argv[1])
    clock = {"processor": time.process_time, "clock": time.perf_counter}[sys.argv[2]]
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    torch.rand(8, 8) @ torch.rand(8, 8)  # so that the product's library is loaded
    with open("/proc/self/maps") as maps:
        fast_blas = any(name in line for line in maps for name in ("openblas", "libmkl", "libblis"))
    print("torch", torch.__version__, "fast" if fast_blas else "slow", flush=True)

    works = {}
    for line in sys.stdin:
        verb, name, *rest = line.split()
        if verb == "run":
            work, calls = works[name], int(rest[0])
            start = clock()
            for _ in range(calls):
                work()
            print(clock() - start, flush=True)
            continue
        if verb == "layer":
            works[name] = layer(rest[0], *map(int, rest[1:]))
        elif verb == "network":
            works[name] = network(*map(int, rest))
        elif verb == "convolution":
            works[name] = convolution(rest[0], *map(int, rest[1:]))
        elif verb == "pointwise":
            works[name] = pointwise(rest[0], rest[1], *map(int, rest[2:]))
        elif verb == "bag":
            works[name] = bag(rest[0], *map(int, rest[1:]))
        elif verb == "attention":
            works[name] = attention(rest[0], *map(int, rest[1:]))
        elif verb == "epoch":
            works[name] = epoch(rest[0], rest[1], *map(int, rest[2:]))
        elif verb == "drop":
            del works[name]
        print("ready", flush=True)


main()
