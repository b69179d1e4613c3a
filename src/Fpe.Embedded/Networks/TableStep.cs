using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>An activation as a layer of its own, in bytes: a table.</summary>
internal sealed class TableStep(string layer, string identifier, int width, string function, byte[] table) : CStep(layer, identifier, width)
{
    /// <inheritdoc/>
    public override string Description => $"{function} of bytes";

    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables => [CTable.OfBytes("table", table, $"{Layer}: {function} of each byte.")];

    /// <inheritdoc/>
    public override void WriteBody(CWriter text) =>
        text.Single($"for (uint32_t i = 0; i < {Width}; i++)", $"y[i] = {Identifier}_table[x[i]];");
}
