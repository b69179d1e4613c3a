namespace Fpe.Quantization;

/// <summary>A table of tokens, and perhaps one of places.</summary>
/// <param name="Dimension">Bytes of a row.</param>
/// <param name="Rows">The rows: [vocabulary, dimension].</param>
/// <param name="RowScale">What their bytes stand for.</param>
/// <param name="Positions">The rows of the places, [places, dimension]; null if there are none.</param>
/// <param name="PositionScale">What their bytes stand for.</param>
/// <param name="Output">What the bytes of its value stand for.</param>
internal sealed record TableNumbers(int Dimension, byte[] Rows, ValueScale RowScale, byte[]? Positions, ValueScale PositionScale, ValueScale Output) : LayerNumbers(Output)
{
    /// <summary>The number of different tokens.</summary>
    public int Vocabulary => Rows.Length / Dimension;

    /// <summary>Returns an element of the row of a token, in steps.</summary>
    public int Step(int token, int unit) => Rows[(token * Dimension) + unit] - RowScale.ZeroPoint;

    /// <summary>Returns an element of the row of a place, in steps.</summary>
    public int PositionStep(int place, int unit) => Positions![(place * Dimension) + unit] - PositionScale.ZeroPoint;
}
