namespace Fpe.Checkpoints;

/// <summary>A tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">Name such as <c>hidden.weight</c>.</param>
/// <param name="Type">Format of the elements.</param>
/// <param name="Shape">Size of each dimension; none for a single number.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">Byte after the last one.</param>
internal sealed record TensorEntry(string Name, TensorType Type, long[] Shape, long Begin, long End)
{
    /// <summary>Bytes of the content.</summary>
    public long Length => End - Begin;

    /// <summary>The shape as text: <c>[16, 64]</c>.</summary>
    public string ShapeText => Text(Shape);

    /// <summary>A shape as text.</summary>
    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
