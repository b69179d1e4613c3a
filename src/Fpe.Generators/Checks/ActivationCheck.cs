using System.Collections.Generic;
using System.Linq;
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

        CheckOutput(model, model.Expandable[model.Expandable.Count - 1], findings);
    }

    private static void CheckOutput(DeclaredModel model, ExpandableLayer output, Findings findings)
    {
        if (output.ActivationAttribute is { } activation)
        {
            findings.AddFixable(
                LayerRules.OutputActivation, activation.Location, FixData.Remove, FixData.Attribute,
                output.Subject, activation.Name);
        }

        IEnumerable<DeclaredLayer> after = model.Layers.SkipWhile(layer => layer != output).Skip(1);
        foreach (DeclaredLayer dropout in after.Where(layer => layer.DropsValues))
            findings.Add(LayerRules.DropoutAfterOutput, dropout.Attribute.Location, dropout.Subject, output.Name);
    }
}
