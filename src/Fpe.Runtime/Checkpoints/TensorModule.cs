namespace Fpe.Checkpoints;

/// <summary>The tensors of one module of a <c>state_dict</c>, whose names differ only in the last part.</summary>
/// <param name="Name">The common part of the names, such as <c>net.0</c>.</param>
/// <param name="Parts">The tensors by the last part of their names, such as <c>weight</c>.</param>
internal sealed record TensorModule(string Name, IReadOnlyDictionary<string, TensorEntry> Parts)
{
    /// <summary>PyTorch's joint projection of queries, keys and values, which has no module of its own.</summary>
    private const string Projection = "in_proj_";

    private const string Counter = "num_batches_tracked";

    /// <summary>The position of its first tensor in the file.</summary>
    public long Begin => Parts.Values.Min(tensor => tensor.Begin);

    /// <summary>The weight, or another tensor if there is none, for messages.</summary>
    public TensorEntry Main => Parts.TryGetValue("weight", out TensorEntry? weight) ? weight : Parts.Values.First();

    /// <summary>Returns the modules of a file, in the order of their first tensors.</summary>
    public static TensorModule[] Of(IEnumerable<TensorEntry> tensors) =>
    [
        .. tensors.GroupBy(tensor => (Divide(tensor.Name).Module, IsProjection(tensor.Name)))
            .Select(module => new TensorModule(module.Key.Module, module.ToDictionary(tensor => Divide(tensor.Name).Part, StringComparer.Ordinal)))
            .OrderBy(module => module.Begin),
    ];

    /// <summary>Whether a tensor only counts the batches that a normalisation has seen, which predictions do not need.</summary>
    public static bool IsCounter(string tensor) => Divide(tensor).Part == Counter;

    /// <summary>Divides the name of a tensor or parameter.</summary>
    public static (string Module, string Part) Divide(string tensor)
    {
        int dot = tensor.LastIndexOf('.');
        return IsProjection(tensor)
            ? (tensor[..(dot + Projection.Length)], tensor[(dot + 1 + Projection.Length)..])
            : (tensor[..Math.Max(dot, 0)], tensor[(dot + 1)..]);
    }

    private static bool IsProjection(string tensor) => tensor.AsSpan(tensor.LastIndexOf('.') + 1).StartsWith(Projection, StringComparison.Ordinal);
}
