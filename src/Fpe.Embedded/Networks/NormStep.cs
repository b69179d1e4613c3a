using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>A batch normalisation that is not part of the layer before it: a factor and a term for each value.</summary>
internal sealed class NormStep(string layer, string identifier, float[] factors, float[] terms) : CStep(layer, identifier, factors.Length)
{
    /// <inheritdoc/>
    public override string Description => "BatchNorm";

    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables =>
        [CTable.OfNumbers("factors", factors, $"{Layer}: a factor for each value."), CTable.OfNumbers("terms", terms, "What is added to each value.")];

    /// <inheritdoc/>
    public override void WriteBody(CWriter text) =>
        text.Single($"for (uint32_t i = 0; i < {Width}; i++)", $"y[i] = x[i] * {Identifier}_factors[i] + {Identifier}_terms[i];");
}
