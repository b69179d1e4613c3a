"""Takes a step of gradient descent with models that were saved here, in double precision.

    training_steps.py FOLDER

For each MODEL.safetensors in FOLDER, with samples in MODEL.inputs (float32, row by row), their classes in MODEL.labels (int32) and names of
parameters in MODEL.parameters (a line each), writes MODEL.step, float64: the outputs before the step; the mean cross-entropy; for each
parameter its gradient, or what it is after the step if it is a running statistic; the outputs after the step. The learning rate is 1.
"""
import json
import pathlib
import sys

import torch
from torch.nn.functional import cross_entropy

import model_files


def numbers(path, dtype):
    return torch.frombuffer(bytearray(path.read_bytes()), dtype=dtype)


def step(path):
    tensors, metadata = model_files.load(path)
    plan = json.loads(metadata["fpe.plan"])
    samples = numbers(path.with_suffix(".inputs"), torch.float32).double()
    labels = numbers(path.with_suffix(".labels"), torch.int32).long()
    parameters, masks = {}, {}

    def parameter(name, *columns):
        if name not in parameters:
            values = model_files.weight(tensors, name, *columns) if columns else tensors[name]
            masks[name] = model_files.edges(tensors, name, *columns) if columns else torch.ones(values.shape)
            parameters[name] = values.double().requires_grad_("running" not in name)
        return parameters[name]

    before = model_files.forward(plan, parameter, samples)
    loss = cross_entropy(model_files.forward(plan, parameter, samples, training=True), labels)
    loss.backward()
    results = [before, loss]
    for name in path.with_suffix(".parameters").read_text().split():
        value = parameters[name]
        if value.requires_grad:
            results.append(value.grad * masks[name])
            value.data -= results[-1]
        else:
            results.append(value)
    results.append(model_files.forward(plan, parameter, samples))
    flat = torch.cat([result.detach().flatten() for result in results])
    path.with_suffix(".step").write_bytes(flat.numpy().tobytes())


for model in sorted(pathlib.Path(sys.argv[1]).glob("*.safetensors")):
    step(model)
