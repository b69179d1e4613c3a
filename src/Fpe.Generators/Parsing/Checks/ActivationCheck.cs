using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Parsing.Checks;

/// <summary>Warns of activations and dropout that are missing, or stand where they hardly help.</summary>
internal static class ActivationCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (DeclaredLinear layer in model.HiddenLinears)
        {
            if (layer.Factor > 1 && layer.Activation == ActivationFunction.Identity)
            {
                findings.AddFixable(
                    LayerRules.ExpandedWithoutActivation, layer.Attribute.Location, FixData.Add, "Relu",
                    $"{model.Name}.{layer.Name}", layer.Next!.Name);
            }
        }

        CheckOutput(model, model.Linears[model.Linears.Count - 1], findings);
    }

    private static void CheckOutput(DeclaredModel model, DeclaredLinear output, Findings findings)
    {
        if (output.Activation != ActivationFunction.Identity)
        {
            DeclaredAttribute activation = DeclaredAttribute.AllOn(output.Property).First(attribute => attribute.Name == output.Activation.ToString());
            findings.AddFixable(
                LayerRules.OutputActivation, activation.Location, FixData.Remove, FixData.Attribute,
                $"{model.Name}.{output.Name}", activation.Name);
        }

        IEnumerable<DeclaredLayer> after = model.Layers.SkipWhile(layer => layer != output).Skip(1);
        foreach (DeclaredDropout dropout in after.OfType<DeclaredDropout>())
            findings.Add(LayerRules.DropoutAfterOutput, dropout.Attribute.Location, $"{model.Name}.{dropout.Name}", output.Name);
    }
}
