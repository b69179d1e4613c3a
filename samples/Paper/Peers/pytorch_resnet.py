"""The network of `paper resnet` in PyTorch: the same layers, initial values, data, optimizer, schedule and epochs, on one thread.

    pytorch_resnet.py [--width 16] [--factor 2] [--share 1] [--epochs 12] [--batch 128] [--rate 0.003] [--seeds 3] [--results FILE]

A factor of 1 trains the dense parent. A larger one expands the first convolution of each block as Split.Random does at the start: the
inputs of each filter, or of each group of SHARE filters, are dealt at random to its children, the next convolution reads copies of its
weights, and the smallest weights are pruned until the dense parent's count is left, but no layer below half of its own. Weights that do
not exist are zeros under a mask, which is what one writes in PyTorch.

One line a seed: its test accuracy after the last epoch, also added to FILE, whose seeds are not trained again.
"""
import argparse
import gzip
import math
import os
import sys
import time

import torch
from torch import nn
from torch.nn.functional import conv2d, cross_entropy, linear, max_pool2d, relu

FOLDER = "/usr/share/datasets/fashion-mnist"
HEADER_OF_IMAGES, HEADER_OF_LABELS = 16, 8
MEAN, DEVIATION = 0.2860, 0.3530
CLASSES, SIDE, KERNEL = 10, 28, 3
TEST_BATCH = 1000


class Masked:
    """A layer whose weights exist where a mask says so."""

    def existing(self):
        return self.weight * self.mask if self.mask is not None else self.weight


class Convolution(nn.Conv2d, Masked):
    mask = None

    def forward(self, x):
        return conv2d(x, self.existing(), self.bias, self.stride, self.padding)


class Output(nn.Linear, Masked):
    mask = None

    def forward(self, x):
        return linear(x, self.existing(), self.bias)


class Block(nn.Module):
    """Two convolutions, and a shortcut that is one too where the image shrinks."""

    def __init__(self, channels, filters, stride):
        super().__init__()
        self.first = Convolution(channels, filters, KERNEL, stride, padding=1)
        self.first_norm = nn.BatchNorm2d(filters)
        self.second = Convolution(filters, filters, KERNEL, padding=1)
        self.second_norm = nn.BatchNorm2d(filters)
        self.shortcut = nn.Identity() if stride == 1 else nn.Sequential(Convolution(channels, filters, 1, stride), nn.BatchNorm2d(filters))

    def forward(self, x):
        y = relu(self.first_norm(self.first(x)))
        return relu(self.second_norm(self.second(y)) + self.shortcut(x))

    def expand(self, factor, share):
        """Each filter of the first convolution becomes several, which partition its inputs; a weight is one element of the mask."""
        first, second = self.first, self.second
        filters, inputs = first.out_channels, first.weight[0].numel()
        turns = torch.arange(inputs) % factor
        deals = torch.stack([turns[torch.randperm(inputs)] for _ in range(math.ceil(filters / share))])
        child_of = deals.repeat_interleave(share, dim=0)[:filters]
        mask = child_of[:, None, :] == torch.arange(factor)[None, :, None]
        with torch.no_grad():
            first.weight = nn.Parameter(first.weight.repeat_interleave(factor, dim=0))
            first.bias = nn.Parameter(first.bias.repeat_interleave(factor))
            second.weight = nn.Parameter(second.weight.repeat_interleave(factor, dim=1))
        first.mask = mask.reshape(first.weight.shape).float()
        second.mask = torch.ones_like(second.weight)
        self.first_norm = nn.BatchNorm2d(filters * factor)


class ResNet(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.stem = Convolution(1, width, KERNEL, padding=1)
        self.stem_norm = nn.BatchNorm2d(width)
        self.blocks = nn.Sequential(Block(width, width, 1), Block(width, width, 1), Block(width, 2 * width, 2))
        self.output = Output(2 * width, CLASSES)

    def forward(self, x):
        x = self.blocks(max_pool2d(relu(self.stem_norm(self.stem(x))), 2))
        return self.output(x.mean(dim=(2, 3)))

    def weights(self):
        """How many weights exist, without biases and those of norms."""
        layers = [module for module in self.modules() if isinstance(module, Masked)]
        return sum(int(layer.mask.sum()) if layer.mask is not None else layer.weight.numel() for layer in layers)

    def expand(self, factor, share):
        budget = self.weights()
        own = {layer: layer.weight.numel() for block in self.blocks for layer in (block.first, block.second)}
        own[self.output] = self.output.weight.numel()
        for block in self.blocks:
            block.expand(factor, share)
        self.output.mask = torch.ones_like(self.output.weight)
        self.prune({layer: math.ceil(count / 2) for layer, count in own.items()}, self.weights() - budget)

    def prune(self, floors, excess):
        """Removes the smallest of all weights, except the largest of each layer up to its floor."""
        scores = []
        for layer, floor in floors.items():
            score = torch.where(layer.mask > 0, layer.weight.detach().abs(), torch.tensor(math.inf)).flatten()
            existing = int(layer.mask.sum())
            score[score.argsort()[existing - floor:]] = math.inf
            scores.append(score)
        removed = torch.zeros(sum(map(len, scores)), dtype=torch.bool)
        removed[torch.cat(scores).argsort()[:excess]] = True
        for layer, gone in zip(floors, removed.split([len(score) for score in scores])):
            layer.mask[gone.reshape(layer.mask.shape)] = 0


def read(name, header):
    with gzip.open(os.path.join(FOLDER, name)) as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)[header:]


def samples(part):
    pixels = read(f"{part}-images-idx3-ubyte.gz", HEADER_OF_IMAGES).reshape(-1, 1, SIDE, SIDE)
    return (pixels / 255 - MEAN) / DEVIATION, read(f"{part}-labels-idx1-ubyte.gz", HEADER_OF_LABELS).long()


def train(model, images, labels, options):
    steps = options.epochs * math.ceil(len(images) / options.batch)
    optimizer = torch.optim.Adam(model.parameters(), lr=options.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (1 + math.cos(math.pi * step / steps)) / 2)
    model.train()
    for epoch in range(options.epochs):
        start, total = time.process_time(), 0.0
        for batch in torch.randperm(len(images)).split(options.batch):
            optimizer.zero_grad(set_to_none=True)
            loss = cross_entropy(model(images[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1}: loss {total / len(images):.4f}, {time.process_time() - start:.1f} s of processor time", file=sys.stderr, flush=True)


def accuracy(model, images, labels):
    model.eval()
    with torch.no_grad():
        right = sum(int((model(x).argmax(dim=1) == y).sum()) for x, y in zip(images.split(TEST_BATCH), labels.split(TEST_BATCH)))
    return right / len(images)


def main():
    parser = argparse.ArgumentParser(description="The network of `paper resnet` in PyTorch.")
    for name, default in (("width", 16), ("factor", 2), ("share", 1), ("epochs", 12), ("batch", 128), ("seeds", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--rate", type=float, default=0.003)
    parser.add_argument("--results")
    options = parser.parse_args()
    torch.set_num_threads(1)

    done = open(options.results).read().splitlines() if options.results and os.path.exists(options.results) else []
    recipe = f"width={options.width} factor={options.factor} share={options.share} epochs={options.epochs} batch={options.batch} rate={options.rate}"
    images, labels = samples("train")
    test = samples("t10k")
    for seed in range(options.seeds):
        key = f"{recipe} seed={seed}"
        if any(line.startswith(key + " ") for line in done):
            continue
        torch.manual_seed(seed)
        model = ResNet(options.width)
        if options.factor > 1:
            model.expand(options.factor, options.share)
        train(model, images, labels, options)
        line = f"{key} weights={model.weights()} accuracy={100 * accuracy(model, *test):.2f}"
        print(line, flush=True)
        if options.results:
            with open(options.results, "a") as file:
                file.write(line + "\n")


if __name__ == "__main__":
    main()
