"""Opens model files with nothing but the standard library and PyTorch, as somebody would who knows only their documentation.

    model_files.py logits MODEL INPUTS OUTPUTS   writes the outputs of a saved model
    model_files.py create MODEL INPUTS OUTPUTS   makes a dense 64 -> 4 -> 10 network, saves it and writes its outputs

INPUTS and OUTPUTS hold float32 numbers, row by row.
"""
import json
import struct
import sys

import torch
from torch.nn import functional

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


def edges(tensors, name, columns):
    """Which weights of a matrix [out, in] exist."""
    rows = len(tensors[name.replace(".weight", ".bias")])
    flags = torch.ones(rows, columns, dtype=torch.bool)
    block_of_row = numbers(tensors.get(name + "_blocks", torch.arange(rows)))
    if name + "_columns" in tensors:
        flags = bits(tensors[name + "_columns"], columns)[block_of_row]
    if name + "_column_indices" in tensors:
        counts = numbers(tensors[name + "_column_counts"])
        blocks = torch.zeros(len(counts), columns, dtype=torch.bool)
        blocks[torch.repeat_interleave(torch.arange(len(counts)), counts), numbers(tensors[name + "_column_indices"])] = True
        flags = blocks[block_of_row]
    if name + "_mask" in tensors:
        flags[flags.clone()] = bits(tensors[name + "_mask"], int(flags.sum()))[0]
    return flags


def weight(tensors, name, columns):
    """A weight as a matrix [out, in], from either form."""
    if name in tensors:
        return tensors[name].flatten(1)
    flags = edges(tensors, name, columns)
    matrix = torch.zeros(flags.shape)
    matrix[flags] = tensors[name + "_values"]
    return matrix


FUNCTIONS = {
    "Identity": lambda sums: sums, "Relu": torch.relu, "Tanh": torch.tanh, "Sigmoid": torch.sigmoid, "Gelu": functional.gelu,
}


def activate(layer, sums):
    """Applies the activation of a layer."""
    name = layer["activation"]
    return functional.leaky_relu(sums, layer["slope"]) if name == "LeakyRelu" else FUNCTIONS[name](sums)


def images(layer, x):
    """Values of samples as images with as many channels as they have after expansion."""
    return x.reshape(len(x), -1, *layer["image"][1:])


def pair(layer, name, usual):
    """A number of rows and one of columns, which files hold as one if they are equal."""
    return (layer[name + "Height"], layer[name + "Width"]) if name + "Height" in layer else (layer.get(name, usual),) * 2


def convolution(layer, x, parameter):
    """Filters of a group have weights over its channels, and their children as well."""
    x, (rows, columns), groups = images(layer, x), pair(layer, "kernel", 0), layer.get("groups", 1)
    channels = x.shape[1] // groups
    filters = parameter("weight", channels * rows * columns).reshape(-1, channels, rows, columns)
    return activate(layer, functional.conv2d(
        x, filters, parameter("bias"), pair(layer, "stride", 1), pair(layer, "padding", 0), pair(layer, "dilation", 1), groups))


def convolution_of_places(layer, x, parameter):
    """Filters of a group have weights over its units, and their children as well."""
    x, groups = x.reshape(len(x), -1, layer["places"]), layer.get("groups", 1)
    units = x.shape[1] // groups
    filters = parameter("weight", units * layer["kernel"]).reshape(-1, units, layer["kernel"])
    return activate(layer, functional.conv1d(
        x, filters, parameter("bias"), layer["stride"], layer["padding"], layer.get("dilation", 1), groups))


def batch_norm(layer, x, parameter, training):
    return functional.batch_norm(
        x.reshape(len(x), -1, layer["places"]), parameter("running_mean"), parameter("running_var"), parameter("weight"),
        parameter("bias"), training, layer["momentum"], layer["epsilon"])


def linear(layer, x, parameter):
    """A function of a vector, or of the units at each place: [samples, units * places], unit by unit."""
    places = layer.get("places", 1)
    x = x.reshape(len(x), -1, places).transpose(1, 2)
    sums = functional.linear(x, parameter("weight", x.shape[2]), parameter("bias"))
    return activate(layer, sums).transpose(1, 2)


def layer_norm(layer, x, parameter):
    x = x.reshape(len(x), -1, layer.get("places", 1)).transpose(1, 2)
    return functional.layer_norm(x, x.shape[2:], parameter("weight"), parameter("bias"), layer["epsilon"]).transpose(1, 2)


def embedding(layer, tokens, parameter):
    rows = functional.embedding(tokens.long().clamp(min=0), parameter("weight"))
    if layer["positions"]:
        rows = rows + parameter("positions")
    return (rows * (tokens >= 0)[..., None]).transpose(1, 2)


def bag(layer, tokens, parameter):
    """PyTorch's EmbeddingBag leaves out a token that it is told; a sample without tokens gives 0."""
    rows = parameter("weight")
    padded = torch.cat([rows, rows[:1] * 0])
    return functional.embedding_bag(
        torch.where(tokens < 0, len(rows), tokens.long()), padded, mode=layer["mode"].lower(), padding_idx=len(rows))


def attention(layer, x):
    """Multi-head attention, whose queries, keys and values a layer below computes."""
    sequence, tokens = x if isinstance(x, list) else (x, None)
    heads, places = layer["heads"], layer["places"]
    queries, keys, values = sequence.reshape(len(sequence), 3, heads, -1, places).transpose(3, 4).unbind(1)
    scores = queries @ keys.transpose(2, 3) / queries.shape[3] ** 0.5
    if tokens is not None:
        scores = scores.masked_fill((tokens < 0)[:, None, None], -torch.inf)
    # nan_to_num: a sample without tokens attends to nothing
    return (torch.softmax(scores, 3).nan_to_num(0) @ values).transpose(2, 3)


def mean_pool(layer, x):
    sequence, tokens = x if isinstance(x, list) else (x, None)
    sequence = sequence.reshape(len(sequence), -1, layer["places"])
    if tokens is None:
        return sequence.mean(2)
    present = (tokens >= 0)[:, None].to(sequence.dtype)
    return (sequence * present).sum(2) / present.sum(2).clamp(min=1)


# What a layer computes, of its plan, the values it reads, a function that gives its parameters, and whether it trains.
KINDS = {
    "Linear": lambda layer, x, parameter, training: linear(layer, x, parameter),
    "Conv2d": lambda layer, x, parameter, training: convolution(layer, x, parameter),
    "DepthwiseConv2d": lambda layer, x, parameter, training: convolution(layer, x, parameter),
    "Conv1d": lambda layer, x, parameter, training: convolution_of_places(layer, x, parameter),
    "MaxPool2d": lambda layer, x, parameter, training: functional.max_pool2d(
        images(layer, x), layer["kernel"], layer["stride"], layer.get("padding", 0)),
    "AvgPool2d": lambda layer, x, parameter, training: functional.avg_pool2d(
        images(layer, x), layer["kernel"], layer["stride"], layer.get("padding", 0)),
    "GlobalAvgPool2d": lambda layer, x, parameter, training: functional.adaptive_avg_pool2d(images(layer, x), 1),
    "Flatten": lambda layer, x, parameter, training: x,
    "Dropout": lambda layer, x, parameter, training: functional.dropout(x, layer["rate"], training),
    "Dropout2d": lambda layer, x, parameter, training: functional.dropout2d(images(layer, x), layer["rate"], training),
    "Activation": lambda layer, x, parameter, training: activate(layer, x),
    "LayerNorm": lambda layer, x, parameter, training: layer_norm(layer, x, parameter),
    "BatchNorm": batch_norm,
    "Add": lambda layer, x, parameter, training: sum(x),
    "Concat": lambda layer, x, parameter, training: torch.cat(x, 1),
    "Input": lambda layer, x, parameter, training: x[:, layer["first"]:layer["first"] + layer["outputs"]],
    "Embedding": lambda layer, x, parameter, training: embedding(layer, x, parameter),
    "EmbeddingBag": lambda layer, x, parameter, training: bag(layer, x, parameter),
    "SelfAttention": lambda layer, x, parameter, training: attention(layer, x),
    "MeanPool": lambda layer, x, parameter, training: mean_pool(layer, x),
}


def forward(plan, parameter, samples, training=False):
    """Computes a model. Its parameters are what parameter(name) gives, and parameter(name, columns) for matrices."""
    below = "(sample)"
    values = {below: samples.reshape(-1, plan["inputs"])}
    for layer in plan["layers"]:
        name = layer["name"]
        prefix = "".join(part[0].lower() + part[1:] + "." for part in name.split("."))
        read = [values[source] for source in layer.get("from", [below])]
        x = read if layer["kind"] in ("Add", "Concat") or len(read) > 1 else read[0]
        values[name] = KINDS[layer["kind"]](layer, x, lambda what, *size: parameter(prefix + what, *size), training).flatten(1)
        below = name
    return values[below]


def outputs(path, samples):
    """Computes the model that the metadata describes."""
    tensors, metadata = load(path)
    return forward(
        json.loads(metadata["fpe.plan"]), lambda name, *columns: weight(tensors, name, *columns) if columns else tensors[name], samples)


def create(path, samples):
    """Makes a network as PyTorch initialises it."""
    torch.manual_seed(1)
    hidden, logits = torch.nn.Linear(64, 4), torch.nn.Linear(4, 10)
    save(path, {"hidden.weight": hidden.weight, "hidden.bias": hidden.bias, "logits.weight": logits.weight, "logits.bias": logits.bias})
    return logits(torch.relu(hidden(samples.reshape(-1, 64))))


def main():
    command, model, source, target = sys.argv[1:]
    with open(source, "rb") as file:
        read = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
    result = {"logits": outputs, "create": create}[command](model, read)
    with open(target, "wb") as file:
        file.write(result.detach().contiguous().numpy().tobytes())


if __name__ == "__main__":
    main()
