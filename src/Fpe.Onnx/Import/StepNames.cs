namespace Fpe.Onnx.Import;

/// <summary>Names for the layers of a file: those of their weights, or kinds with numbers.</summary>
/// <param name="className">The name of the class, which none of its members can have; null if there is no class.</param>
internal sealed class StepNames(string? className)
{
    private const string Suffix = ".weight";

    /// <summary>Members that every model has, apart from those of <see cref="Model"/>.</summary>
    private static readonly string[] Emitted =
    [
        "InputCount", "InputChannels", "InputHeight", "InputWidth", "OutputCount", "DenseWeights", "WeightsBeforePruning", "ExpandedWeights",
        "PrunedWeights", "DenseBiases", "ExpandedBiases", "NonZeroCount", "TableWeights", "Forward", "Predict", "Create", "Load", "Save",
    ];

    private readonly HashSet<string> taken = new(
        [.. typeof(Model).GetMembers().Select(member => member.Name), .. Emitted, .. className is null ? (string[])[] : [className]], StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns a name that is not taken, such as <c>Pool1</c>.</summary>
    public string Next(string kind)
    {
        int number = 1;
        while (!taken.Add($"{kind}{number}"))
            number++;
        return $"{kind}{number}";
    }

    /// <summary>Returns the name of a layer after its weights: <c>Fc1</c> for <c>fc1.weight</c>, and <c>Linear0</c> for <c>0.weight</c>.</summary>
    /// <param name="weights">The name of the weights in the file.</param>
    /// <param name="kind">The kind of the layer.</param>
    public string Of(string weights, string kind)
    {
        if (!weights.EndsWith(Suffix, StringComparison.Ordinal))
            return Next(kind);
        string name = PascalCase(weights[..^Suffix.Length]);
        if (name.Length == 0 || name.Length > 100)
            return Next(kind);
        if (char.IsAsciiDigit(name[0]))
            name = kind + name;
        return taken.Add(name) ? name : Next(name + (char.IsAsciiDigit(name[^1]) ? "_" : ""));
    }

    /// <summary>Returns the letters and digits, where each part begins with a capital letter.</summary>
    public static string PascalCase(string text)
    {
        string[] parts = new string([.. text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(parts.Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}
