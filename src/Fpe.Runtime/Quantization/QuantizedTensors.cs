namespace Fpe.Quantization;

/// <summary>The names of the tensors of a quantised network in a file; docs/reliability.md describes the format.</summary>
internal static class QuantizedTensors
{
    /// <summary>The step of each range: of samples, and then of each layer as <see cref="ScaleList"/> orders them.</summary>
    public const string Scales = "scales";

    /// <summary>The byte of 0 of each range.</summary>
    public const string ZeroPoints = "zero_points";

    public const string Weight = ".weight";

    public const string Bias = ".bias";

    /// <summary>Follows the name of a weight: the number that 1 stands for, for each row.</summary>
    public const string RowScale = "_scale";

    /// <summary>
    /// Follows the name of a weight: the weights of all row-column pairs of its blocks, and <see cref="Hole"/> where pruning left no edge. It
    /// takes the place of a mask and of the weights of edges where it is smaller.
    /// </summary>
    public const string Slots = "_slots";

    /// <summary>Is no weight, since those are from −127 to 127.</summary>
    public const sbyte Hole = sbyte.MinValue;

    /// <summary>What an activation makes of each byte.</summary>
    public const string Table = ".table";

    public const string Positions = ".positions";

    /// <summary>The number of bytes.</summary>
    public const int TableLength = byte.MaxValue + 1;
}
