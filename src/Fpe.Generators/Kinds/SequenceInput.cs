using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Kinds;

/// <summary>Shared code of the kinds that read sequences.</summary>
internal static class SequenceInput
{
    /// <summary>Returns the sequence that a layer reads; null if unknown, or if it is something else, which is reported.</summary>
    public static Shape? Require(DeclaredLayer layer, Shape? input, Findings findings)
    {
        if (input is not { IsSequence: false } other)
            return input;
        findings.Add(
            SequenceRules.NeedsSequence, layer.Attribute.Location,
            layer.Subject, Words.WithArticle(layer.Attribute.Name), ShapeText.Of(other));
        return null;
    }
}
