namespace Fpe.Checkpoints;

/// <summary>A tensor as described by the header of a safetensors file.</summary>
/// <param name="Name">The name, such as <c>hidden.weight</c>.</param>
/// <param name="Type">The format of the elements.</param>
/// <param name="Shape">The size of each dimension; empty for a single number.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last one.</param>
internal sealed record TensorEntry(string Name, TensorType Type, long[] Shape, long Begin, long End)
{
    /// <summary>The number of bytes of the content.</summary>
    public long Length => End - Begin;

    /// <summary>The shape as text: <c>[16, 64]</c>.</summary>
    public string ShapeText => Text(Shape);

    /// <summary>Returns a shape as text.</summary>
    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
