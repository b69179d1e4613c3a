using System;
using System.Collections.Generic;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Checks;

/// <summary>Checks that layers have different names, in the class and in model files.</summary>
internal static class LayerNameCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        var known = new Dictionary<string, DeclaredMember>(StringComparer.Ordinal);
        foreach (DeclaredMember layer in model.Members)
        {
            string name = Identifier.CamelCase(layer.Property.Name);
            if (!known.TryGetValue(name, out DeclaredMember first))
            {
                known.Add(name, layer);
                continue;
            }

            string subject = layer.Subject;
            if (first.Property.Name == layer.Property.Name)
            {
                findings.Add(
                    DeclarationRules.NameCollision, layer.NameLocation, subject,
                    "the layer", "the other layer of this name", "rename one of them");
            }
            else
            {
                findings.Add(DeclarationRules.SameParameterNames, layer.NameLocation, subject, first.Property.Name, layer.Property.Name,
                    first is DeclaredLayer && layer is DeclaredLayer ? $"{name}.weight" : $"{name}.…");
            }
        }
    }
}
