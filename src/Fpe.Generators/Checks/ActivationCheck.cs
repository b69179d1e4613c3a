using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Checks;

/// <summary>Warns about missing activations, and about activations and dropout in places where they hardly help.</summary>
internal static class ActivationCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (ExpandableLayer layer in model.Expandable)
        {
            if (layer is { IsOutput: false, Factor: > 1, Activation.Kind: ActivationFunction.Identity } && LinearReaderOf(layer, model) is { } reader)
            {
                findings.AddFixable(
                    LayerRules.ExpandedWithoutActivation, layer.Attribute.Location, FixData.Add, "Relu",
                    layer.Subject, reader.Name);
            }
        }

        if (!model.IsBlock)
            CheckOutput([.. model.End], findings);
    }

    /// <summary>Returns a layer with its own neurons that reads a linear map of a layer's neurons; null if there is none.</summary>
    private static ExpandableLayer? LinearReaderOf(DeclaredLayer layer, DeclaredModel model)
    {
        var reached = new HashSet<DeclaredLayer?> { layer };
        foreach (DeclaredLayer reader in model.Layers.Where(reader => reader.Sources.Any(reached.Contains)))
        {
            if (reader is ExpandableLayer found)
                return found;
            if (reader.IsLinear)
                reached.Add(reader);
        }

        return null;
    }

    private static void CheckOutput(DeclaredLayer[] end, Findings findings)
    {
        DeclaredLayer output = end[end.Length - 1];
        foreach (DeclaredLayer layer in end)
        {
            if (layer.ActivationAttribute is { } activation && activation != layer.Attribute)
            {
                findings.AddFixable(
                    LayerRules.OutputActivation, activation.Location, FixData.Remove, FixData.Attribute,
                    layer.Subject, activation.Name);
            }
            else if (layer.ActivationAttribute is { } own)
            {
                findings.Add(LayerRules.OutputActivation, own.Location, layer.Subject, own.Name);
            }
            else if (layer.DropsValues && layer != output)
            {
                findings.Add(LayerRules.DropoutAfterOutput, layer.Attribute.Location, layer.Subject, output.Name);
            }
        }
    }
}
