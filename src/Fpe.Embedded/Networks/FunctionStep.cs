using Fpe.Compute;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>An activation as a layer of its own, in floating-point numbers.</summary>
internal sealed class FunctionStep(string layer, string identifier, int width, ElementFunction function) : CStep(layer, identifier, width)
{
    /// <inheritdoc/>
    public override string Description => $"{function}";

    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables => [];

    /// <inheritdoc/>
    public override IEnumerable<CFunction> Functions => CFunction.Of(function) is { } called ? [called] : [];

    /// <inheritdoc/>
    public override void WriteBody(CWriter text) =>
        text.Single($"for (uint32_t i = 0; i < {Width}; i++)", $"y[i] = {CFunction.Call(function, "x[i]")};");
}
