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
        ValueList<LayerSpec> layers = model.Layers.Select(layer => Build(layer, names, ref width)).ToValueList();
        return new ModelSpec(type, model.Inputs, model.Image, model.CountBiases, model.LearnedBudget, layers, planField);
    }

    private static LayerSpec Build(DeclaredLayer layer, FreeNames names, ref int width)
    {
        LayerPlan plan = PlanOf(layer, width);
        width = plan.Outputs;
        return new LayerSpec(PropertyShape.ModifiersToRepeat(layer.Syntax), names.Take(Identifier.CamelCase(layer.Name)), plan);
    }

    private static LayerPlan PlanOf(DeclaredLayer layer, int width) => layer switch
    {
        DeclaredLinear linear => new LinearPlan(layer.Name, width, linear.Neurons, linear.Activation) { Expansion = linear.ExpansionPlan },
        DeclaredConv2d { Input: { } input, Padding: { } padding } convolution =>
            new Conv2dPlan(layer.Name, input, convolution.Filters, convolution.Kernel, convolution.Stride, padding, convolution.Activation),
        DeclaredMaxPool2d { Input: { } input } pool => new MaxPool2dPlan(layer.Name, input, pool.Kernel, pool.Stride),
        DeclaredFlatten { Input: { } input } => new FlattenPlan(layer.Name, input),
        DeclaredDropout dropout => new DropoutPlan(layer.Name, width, dropout.Rate),
        _ => throw new InvalidOperationException($"{layer.Name} has no shape, though nothing was found wrong."),
    };
}
