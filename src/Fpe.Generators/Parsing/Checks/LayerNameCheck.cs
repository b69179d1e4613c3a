using System.Linq;
using Fpe.Generators.Emit;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Parsing.Checks;

/// <summary>Checks that layers have different names, in the class and in model files.</summary>
internal static class LayerNameCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        for (int l = 1; l < model.Layers.Count; l++)
        {
            DeclaredLayer layer = model.Layers[l];
            string name = Identifier.CamelCase(layer.Name);
            if (model.Layers.Take(l).FirstOrDefault(other => Identifier.CamelCase(other.Name) == name) is not { } first)
                continue;

            string subject = $"{model.Name}.{layer.Name}";
            if (first.Name == layer.Name)
            {
                findings.Add(
                    DeclarationRules.NameCollision, layer.NameLocation, subject,
                    "the layer", "the other layer of this name", "rename one of them");
            }
            else
            {
                findings.Add(DeclarationRules.SameParameterNames, layer.NameLocation, subject, first.Name, layer.Name, name);
            }
        }
    }
}
