using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Checks;

/// <summary>Warns of activations and dropout that are missing, or stand where they hardly help.</summary>
internal static class ActivationCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (ExpandableLayer layer in model.Hidden)
        {
            if (layer.Factor > 1 && layer.Activation == ActivationFunction.Identity)
            {
                findings.AddFixable(
                    LayerRules.ExpandedWithoutActivation, layer.Attribute.Location, FixData.Add, "Relu",
                    layer.Subject, layer.Next!.Name);
            }
        }

        CheckOutput(model, findings);
    }

    private static void CheckOutput(DeclaredModel model, Findings findings)
    {
        DeclaredLayer output = model.Layers[model.Layers.Count - 1];
        var dropouts = new Stack<DeclaredLayer>();
        for (; output.DropsValues && output.Sources[0] is { } source; output = source)
            dropouts.Push(output);

        if (output.ActivationAttribute is { } activation)
        {
            findings.AddFixable(
                LayerRules.OutputActivation, activation.Location, FixData.Remove, FixData.Attribute,
                output.Subject, activation.Name);
        }

        foreach (DeclaredLayer dropout in dropouts)
            findings.Add(LayerRules.DropoutAfterOutput, dropout.Attribute.Location, dropout.Subject, output.Name);
    }
}
