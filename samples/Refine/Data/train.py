"""Trains the dense parent with PyTorch, and saves its state_dict as parent.safetensors beside this file.

    python train.py ../../Digits/Data/digits.csv.gz

Needs PyTorch only. The file is what safetensors.torch.save_file writes: tensors sorted by name.
"""
import gzip
import json
import pathlib
import struct
import sys

import torch
from torch import nn

EPOCHS, BATCH, RATE = 50, 32, 3e-3


def digits(path):
    """Pixels from 0 to 1 and classes of the rows to train on: all but every fifth."""
    with gzip.open(path, "rt") as file:
        rows = [[int(number) for number in line.split(",")] for line in file]
    rows = torch.tensor([row for index, row in enumerate(rows) if index % 5 != 4])
    return rows[:, :-1] / 16, rows[:, -1]


def save(path, tensors):
    """Writes tensors as a safetensors file, with a header padded to 8 bytes."""
    header, content = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(tensors):
        numbers = tensors[name].detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape), "data_offsets": [len(content), len(content) + len(numbers)]}
        content += numbers
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + content)


torch.manual_seed(1)
torch.set_num_threads(1)
inputs, classes = digits(sys.argv[1])
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
optimizer = torch.optim.Adam(model.parameters(), RATE)
for epoch in range(EPOCHS):
    for batch in torch.randperm(len(inputs)).split(BATCH):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(inputs[batch]), classes[batch])
        loss.backward()
        optimizer.step()
save(pathlib.Path(__file__).parent / "parent.safetensors", model.state_dict())
print(f"loss of the last batch {loss.item():.4f}")
