"""Opens model files with nothing but the standard library and PyTorch, as somebody would who knows only their documentation.

    model_files.py logits MODEL INPUTS OUTPUTS   writes the outputs of a saved model
    model_files.py create MODEL INPUTS OUTPUTS   makes a dense 64 -> 4 -> 10 network, saves it and writes its outputs

INPUTS and OUTPUTS hold float32 numbers, row by row.
"""
import json
import struct
import sys

import torch

DTYPES = {"F32": torch.float32, "F64": torch.float64, "U8": torch.uint8, "U16": torch.int16, "U32": torch.int32}


def load(path):
    """The tensors and the metadata of a safetensors file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        content = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        flat = torch.frombuffer(content[begin:end], dtype=DTYPES[entry["dtype"]]) if end > begin else torch.zeros(0)
        tensors[name] = flat.reshape(entry["shape"])
    return tensors, metadata


def save(path, tensors):
    """Writes tensors as a safetensors file, without metadata."""
    header, content = {}, b""
    for name, tensor in tensors.items():
        numbers = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(content), len(content) + len(numbers)]}
        content += numbers
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + content)


def bits(packed, count):
    """The flags of each row of bytes, the lowest bit first."""
    return (packed[..., None] >> torch.arange(8, dtype=torch.uint8) & 1).flatten(-2)[..., :count].bool()


def numbers(indices):
    """Indices of any unsigned format; older versions of PyTorch read those of 16 and 32 bits as signed."""
    return indices.long() & (1 << 8 * indices.element_size()) - 1 if indices.element_size() < 8 else indices


def weight(tensors, name, columns):
    """A weight as a matrix [out, in], from either form."""
    if name in tensors:
        return tensors[name]
    rows = len(tensors[name.replace(".weight", ".bias")])
    edges = torch.ones(rows, columns, dtype=torch.bool)
    block_of_row = numbers(tensors.get(name + "_blocks", torch.arange(rows)))
    if name + "_columns" in tensors:
        edges = bits(tensors[name + "_columns"], columns)[block_of_row]
    if name + "_column_indices" in tensors:
        counts = numbers(tensors[name + "_column_counts"])
        blocks = torch.zeros(len(counts), columns, dtype=torch.bool)
        blocks[torch.repeat_interleave(torch.arange(len(counts)), counts), numbers(tensors[name + "_column_indices"])] = True
        edges = blocks[block_of_row]
    if name + "_mask" in tensors:
        edges[edges.clone()] = bits(tensors[name + "_mask"], int(edges.sum()))[0]
    matrix = torch.zeros(rows, columns)
    matrix[edges] = tensors[name + "_values"]
    return matrix


def outputs(path, samples):
    """Computes the model that the metadata describes."""
    tensors, metadata = load(path)
    plan = json.loads(metadata["fpe.plan"])
    functions = {
        "Identity": lambda sums: sums, "Relu": torch.relu, "Tanh": torch.tanh, "Sigmoid": torch.sigmoid,
        "Gelu": torch.nn.functional.gelu,
    }
    values = samples.reshape(-1, plan["inputs"])
    for layer in plan["layers"]:
        if layer["kind"] == "Linear":
            name = layer["name"][0].lower() + layer["name"][1:]
            matrix = weight(tensors, name + ".weight", values.shape[1])
            sums = torch.nn.functional.linear(values, matrix, tensors[name + ".bias"])
            values = functions[layer["activation"]](sums)
    return values


def create(path, samples):
    """Makes a network as PyTorch initialises it."""
    torch.manual_seed(1)
    hidden, logits = torch.nn.Linear(64, 4), torch.nn.Linear(4, 10)
    save(path, {"hidden.weight": hidden.weight, "hidden.bias": hidden.bias, "logits.weight": logits.weight, "logits.bias": logits.bias})
    return logits(torch.relu(hidden(samples.reshape(-1, 64))))


command, model, source, target = sys.argv[1:]
with open(source, "rb") as file:
    read = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
result = {"logits": outputs, "create": create}[command](model, read)
with open(target, "wb") as file:
    file.write(result.detach().contiguous().numpy().tobytes())
