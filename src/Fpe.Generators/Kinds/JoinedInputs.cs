using System.Collections.Generic;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Kinds;

/// <summary>Shared code of the kinds that read several values.</summary>
internal static class JoinedInputs
{
    /// <summary>Returns the values that the attribute names.</summary>
    public static IReadOnlyList<DeclaredSource> Read(LayerProperty property, Findings findings)
    {
        if (property.Layer.Texts() is { } sources)
            return sources;
        findings.MarkBroken();
        return [];
    }

    /// <summary>Reports a value that does not fit the first.</summary>
    /// <param name="layer">The layer that reads them.</param>
    /// <param name="expected">A description of what it reads.</param>
    /// <param name="input">The index of the input that does not fit.</param>
    /// <param name="shape">The shape of that input.</param>
    /// <param name="findings">Receives the error.</param>
    public static void Report(DeclaredLayer layer, string expected, int input, Shape shape, Findings findings)
    {
        DeclaredSource source = layer.From[input];
        findings.Add(
            GraphRules.OtherShape, source.Location, layer.Subject, expected, ShapeText.Of(shape), Words.Source(source.Name));
    }
}
