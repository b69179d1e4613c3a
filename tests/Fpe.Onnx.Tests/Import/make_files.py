"""Makes the files of other tools that the tests import, with PyTorch 1.13: python make_files.py

net.safetensors   a state_dict whose tensors are sorted by name, as safetensors.torch.save_file sorts them
parent.safetensors, net.onnx   the same chain of 64 -> 32 -> 10, by state_dict and by torch.onnx.export
image.onnx        a network of images, and image.bin: 3 samples and their outputs, float32
"""
import json
import pathlib
import struct

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent / "Files"
DTYPES = {torch.float32: "F32", torch.int64: "I64"}


def save(path, tensors):
    """Writes a safetensors file: wide types first, then by name, with a header padded to 8 bytes."""
    header, content = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(tensors, key=lambda name: (-tensors[name].element_size(), name)):
        numbers = tensors[name].detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": DTYPES[tensors[name].dtype], "shape": list(tensors[name].shape), "data_offsets": [len(content), len(content) + len(numbers)]}
        content += numbers
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + content)


def export(model, samples, name):
    torch.onnx.export(
        model.eval(), samples, str(FOLDER / name), opset_version=13,
        input_names=["input"], output_names=["output"], dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})


class Images(nn.Module):
    """Convolutions in groups, a normalisation that is not folded, pools, and a view whose shape depends on the batch."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(2, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.deep = nn.Conv2d(8, 8, (3, 1), stride=(2, 1), groups=8, bias=False)
        self.fc = nn.Linear(8 * 3 * 2, 6)
        self.out = nn.Linear(6, 3, bias=False)

    def forward(self, x):
        x = self.norm(nn.functional.silu(self.stem(x)))
        x = nn.functional.hardswish(self.deep(nn.functional.max_pool2d(x, 3, 1, 1)))
        x = nn.functional.avg_pool2d(x, 2, 1)
        x = nn.functional.dropout(x.view(x.size(0), -1), training=self.training)
        x = nn.functional.gelu(self.fc(x))
        return nn.functional.softmax(self.out(nn.functional.leaky_relu(x, 0.2)), dim=1)


torch.manual_seed(1)
save(FOLDER / "net.safetensors", nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.Flatten(),
    nn.Linear(512, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 10)).state_dict())

chain = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
save(FOLDER / "parent.safetensors", chain.state_dict())
export(chain, torch.randn(1, 64), "net.onnx")

images = Images()
images.norm.running_mean.normal_()
images.norm.running_var.uniform_(0.5, 2)
samples = torch.randn(3, 2, 10, 3)
export(images, samples, "image.onnx")
logits = torch.log(images.eval()(samples))
(FOLDER / "image.bin").write_bytes(samples.numpy().tobytes() + logits.detach().numpy().tobytes())
