using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Generators.Model;
using Fpe.Generators.Parsing;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>Writes the plan from which the runtime builds the layers.</summary>
internal static class PlanEmitter
{
    public static void Emit(SourceWriter writer, ModelSpec model)
    {
        writer.Line($"private static readonly {TypeNames.ModelPlan} {model.PlanField} = new(");
        writer.Indent();
        writer.Line($"\"{model.Type.Name}\",");
        writer.Line($"{MemberNames.InputCount},");
        writer.Line($"countBiases: {(model.CountBiases ? "true" : "false")},");
        writer.Line($"{MemberNames.DenseWeights},");
        writer.Line($"{MemberNames.WeightsBeforePruning},");
        writer.Line($"{MemberNames.ExpandedWeights},");
        writer.Open("[");
        foreach (LayerPlan layer in model.Plans)
        {
            if (layer is LinearPlan linear)
                EmitLinear(writer, linear);
            else
                writer.Line(CreationOf(layer) + ",");
        }

        writer.Close(model.Budget is null ? "]);" : "],");
        if (model.Budget is { } budget)
            writer.Line(Invariant($"budget: {budget});"));
        writer.Unindent();
    }

    private static string CreationOf(LayerPlan layer) => layer switch
    {
        Conv2dPlan convolution => Invariant(
            $"new {TypeNames.Conv2dPlan}(\"{layer.Name}\", {Argument(convolution.Input)}, Filters: {convolution.Filters}, ")
            + Invariant($"Kernel: {convolution.Kernel}{Option("Stride", convolution.Stride, 1)}{Option("Padding", convolution.Padding, 0)}")
            + Argument(convolution.Activation, "Activation: ") + ")",
        MaxPool2dPlan pool => Invariant(
            $"new {TypeNames.MaxPool2dPlan}(\"{layer.Name}\", {Argument(pool.Input)}, Kernel: {pool.Kernel}, Stride: {pool.Stride})"),
        FlattenPlan flatten => $"new {TypeNames.FlattenPlan}(\"{layer.Name}\", {Argument(flatten.Input)})",
        DropoutPlan dropout => Invariant($"new {TypeNames.DropoutPlan}(\"{dropout.Name}\", {dropout.Width}, {dropout.Rate:R})"),
        _ => throw new InvalidOperationException($"There is no plan for {layer.Name}."),
    };

    private static string Argument(ImageShape image) =>
        Invariant($"new {TypeNames.ImageShape}({image.Channels}, {image.Height}, {image.Width})");

    private static string Argument(ActivationFunction activation, string name = "") =>
        activation == ActivationFunction.Identity ? string.Empty : $", {name}{TypeNames.ActivationFunction}.{activation}";

    private static string Option(string name, int value, int usual) =>
        value == usual ? string.Empty : Invariant($", {name}: {value}");

    private static void EmitLinear(SourceWriter writer, LinearPlan layer)
    {
        string creation = Invariant(
            $"new {TypeNames.LinearPlan}(\"{layer.Name}\", {layer.Inputs}, {layer.Neurons}{Argument(layer.Activation)})");
        if (!layer.Expansion.IsExpanded)
        {
            writer.Line(creation + ",");
            return;
        }

        writer.Line(creation);
        writer.Open();
        EmitExpansion(writer, layer.Expansion);
        writer.Close("},");
    }

    private static void EmitExpansion(SourceWriter writer, ExpansionPlan expansion)
    {
        string share = expansion.Share == 1 ? string.Empty : Invariant($", Share: {expansion.Share}");
        string outgoing = expansion.Outgoing == Outgoing.Prune ? string.Empty : $", Outgoing: {TypeNames.Outgoing}.{expansion.Outgoing}";
        string creation = Invariant(
            $"Expansion = new {TypeNames.ExpansionPlan}(Factor: {expansion.Factor}, Strategy: {TypeNames.Split}.{expansion.Strategy}{share}{outgoing})");
        if (expansion is { Clauses.Count: 0, Within: 0 })
        {
            writer.Line(creation + ",");
            return;
        }

        writer.Line(creation);
        writer.Open();
        if (expansion.Within > 0)
            writer.Line(Invariant($"Within = {expansion.Within},"));
        if (expansion.Clauses.Count > 0)
            EmitClauses(writer, expansion.Clauses);
        writer.Close("},");
    }

    private static void EmitClauses(SourceWriter writer, IReadOnlyList<IReadOnlyList<int>> clauses)
    {
        writer.Line("Clauses =");
        writer.Open("[");
        foreach (IReadOnlyList<int> clause in clauses)
            writer.Line($"[{string.Join(", ", clause.Select(input => Invariant($"{input}")))}],");
        writer.Close("],");
    }
}
