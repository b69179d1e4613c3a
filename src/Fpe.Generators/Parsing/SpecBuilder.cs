using System;
using System.Linq;
using Fpe.Generators.Emit;
using Fpe.Generators.Model;

namespace Fpe.Generators.Parsing;

/// <summary>Turns a model without errors into the values that the pipeline carries.</summary>
internal static class SpecBuilder
{
    public static ModelSpec Build(TypeSpec type, DeclaredModel model, FreeNames names)
    {
        string planField = names.Take("DeclaredPlan");
        int width = model.Inputs;
        EquatableArray<LayerSpec> layers = model.Layers.Select(layer => Build(layer, names, ref width)).ToEquatableArray();
        return new ModelSpec(type, model.Inputs, model.Image, model.CountBiases, model.LearnedBudget, layers, planField);
    }

    private static LayerSpec Build(DeclaredLayer layer, FreeNames names, ref int width)
    {
        string modifiers = PropertyShape.ModifiersToRepeat(layer.Syntax);
        string field = names.Take(Identifier.CamelCase(layer.Name));
        switch (layer)
        {
            case DeclaredLinear linear:
                width = linear.Neurons;
                return new LinearSpec(
                    layer.Name, modifiers, field, linear.Inputs, linear.Neurons, linear.Activation, linear.ExpansionSpec);
            case DeclaredConv2d { Input: { } input, Output: { } output, Padding: { } padding } convolution:
                width = (int)output.Count;
                return new Conv2dSpec(
                    layer.Name, modifiers, field, input, output, convolution.Kernel, convolution.Stride, padding, convolution.Activation);
            case DeclaredMaxPool2d { Input: { } input, Output: { } output } pool:
                width = (int)output.Count;
                return new MaxPool2dSpec(layer.Name, modifiers, field, input, output, pool.Kernel, pool.Stride);
            case DeclaredFlatten { Input: { } input }:
                return new FlattenSpec(layer.Name, modifiers, field, input);
            case DeclaredDropout dropout:
                return new DropoutSpec(layer.Name, modifiers, field, width, dropout.Rate);
            default:
                throw new InvalidOperationException($"{layer.Name} has no shape, though nothing was found wrong.");
        }
    }
}
