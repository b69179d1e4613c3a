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

    /// <summary>More numbers than any shape has; without a limit, a few nodes that double a list would fill the memory.</summary>
    private const int MostNumbers = 64;

    private readonly Dictionary<string, int[]> sizes = new(StringComparer.Ordinal);

    // Only what is known: sizes that are added later can make more of it. A node with an unknown input reads no further one, so that no
    // value is computed more than once for each that is asked for.
    private readonly Dictionary<string, long[]> known = new(StringComparer.Ordinal);

    /// <summary>Records the sizes of a sample of a value.</summary>
    public void Add(string value, int[] sizesOfSample) => sizes[value] = sizesOfSample;

    /// <summary>Returns the numbers; null if they depend on anything else.</summary>
    public long[]? Of(string? value) => Of(value, depth: 0);

    private long[]? Of(string? value, int depth)
    {
        if (value is null || depth > Deepest)
            return null;
        if (known.TryGetValue(value, out long[]? numbers))
            return numbers;
        numbers = file.ConstantOf(value) is { } constant ? constant.Wholes : Computed(value, depth);
        if (numbers is null || numbers.Length > MostNumbers)
            return null;
        known.Add(value, numbers);
        return numbers;
    }

    private long[]? Computed(string value, int depth)
    {
        if (file.ProducerOf(value) is not { } node)
            return null;
        switch (node.OpType)
        {
            case "Shape":
                return node.InputAt(0) is { } source && sizes.TryGetValue(source, out int[]? sample) ? [0, .. sample.Select(size => (long)size)] : null;
            case "Gather":
                return Of(node.InputAt(0), depth + 1) is { } all && Of(node.InputAt(1), depth + 1) is { } places ? Gather(all, places) : null;
            case "Unsqueeze" or "Squeeze" or "Cast" or "Identity":
                return Of(node.InputAt(0), depth + 1);
            case "Concat":
                return Joined(node, depth);
            default:
                return null;
        }
    }

    private long[]? Joined(NodeProto node, int depth)
    {
        var numbers = new List<long>();
        foreach (string input in node.Input)
        {
            if (numbers.Count > MostNumbers || Of(input, depth + 1) is not { } part)
                return null;
            numbers.AddRange(part);
        }

        return [.. numbers];
    }

    private static long[]? Gather(long[] all, long[] places) =>
        places.All(place => place >= -all.Length && place < all.Length) ? [.. places.Select(place => all[place < 0 ? place + all.Length : place])] : null;
}
