using System.Globalization;

namespace TrainOnRanks;

/// <summary>The arguments of the program.</summary>
/// <param name="args">Names and values.</param>
internal sealed class RankedOptions(string[] args)
{
    /// <summary>How the network gets its edges: dense, split, pruning or exchange; or what else is in it: norms or tokens.</summary>
    public string Kind => Text("kind") ?? "split";

    /// <summary>The folder for checkpoints; null for none.</summary>
    public string? Folder => Text("folder");

    public int Epochs => Number("epochs") ?? 4;

    /// <summary>The batches of a step.</summary>
    public int Batches => Number("batches") ?? 1;

    /// <summary>The optimizer: adam, or momentum, with label smoothing and class weights.</summary>
    public string Recipe => Text("recipe") ?? "adam";

    /// <summary>The largest norm of the gradients; null for what the kind has.</summary>
    public int? GradientNorm => Number("norm");

    /// <summary>The epochs without an improvement after which the run ends.</summary>
    public int Patience => Number("patience") ?? 8;

    public int Chunks => Number("chunks") ?? 8;

    public int Threads => Number("threads") ?? 1;

    /// <summary>How often the same training is started, one after the other.</summary>
    public int Fits => Number("fits") ?? 1;

    /// <summary>A rank with something else than the others, and what: data, options, batch, weights or nothing.</summary>
    public (int Rank, string What) Differing => Text("differs")?.Split('@') is [var what, var rank] ? (int.Parse(rank, CultureInfo.InvariantCulture), what) : (-1, "nothing");

    /// <summary>
    /// Returns when something happens on a rank: the number of a sample in the order in which it reads, such as <c>1000@1</c> on rank 1, or
    /// <c>1000</c> on every rank; null for never.
    /// </summary>
    public int? ReadOf(string what, int rank) => Text(what)?.Split('@') switch
    {
        null => null,
        [var read] => int.Parse(read, CultureInfo.InvariantCulture),
        [var read, var on] => int.Parse(on, CultureInfo.InvariantCulture) == rank ? int.Parse(read, CultureInfo.InvariantCulture) : null,
        [..] => throw new ArgumentException($"{what} is not a number, or a number, @ and a rank.", nameof(what)),
    };

    private int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private string? Text(string name)
    {
        string? found = Array.Find(args, argument => argument.StartsWith(name + "=", StringComparison.Ordinal));
        return found?[(name.Length + 1)..];
    }
}
