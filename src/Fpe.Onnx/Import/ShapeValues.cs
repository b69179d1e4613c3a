using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Import;

/// <summary>
/// Whole numbers that a file computes from the shapes of values, such as the target of a <c>Reshape</c>. The size of the batch is 0, which in
/// a target means that it stays.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class ShapeValues(OnnxFile file)
{
    private const int Deepest = 32;

    private readonly Dictionary<string, int[]> sizes = new(StringComparer.Ordinal);

    /// <summary>Records the sizes of a sample of a value.</summary>
    public void Add(string value, int[] sizesOfSample) => sizes[value] = sizesOfSample;

    /// <summary>Returns the numbers; null if they depend on anything else.</summary>
    public long[]? Of(string? value) => Of(value, depth: 0);

    private long[]? Of(string? value, int depth)
    {
        if (value is null || depth > Deepest)
            return null;
        if (file.ConstantOf(value) is { } constant)
            return constant.Wholes;
        if (file.ProducerOf(value) is not { } node)
            return null;
        switch (node.OpType)
        {
            case "Shape":
                return node.InputAt(0) is { } source && sizes.TryGetValue(source, out int[]? known) ? [0, .. known.Select(size => (long)size)] : null;
            case "Gather":
                return Of(node.InputAt(0), depth + 1) is { } all && Of(node.InputAt(1), depth + 1) is { } places ? Gather(all, places) : null;
            case "Unsqueeze" or "Squeeze" or "Cast" or "Identity":
                return Of(node.InputAt(0), depth + 1);
            case "Concat":
                long[]?[] parts = [.. node.Input.Take(8).Select(part => Of(part, depth + 1))];
                return node.Input.Count > parts.Length || parts.Contains(null) ? null : [.. parts.SelectMany(part => part!)];
            default:
                return null;
        }
    }

    private static long[]? Gather(long[] all, long[] places) =>
        places.All(place => place >= -all.Length && place < all.Length) ? [.. places.Select(place => all[place < 0 ? place + all.Length : place])] : null;
}
