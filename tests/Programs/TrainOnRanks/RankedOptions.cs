using System.Globalization;

namespace TrainOnRanks;

/// <summary>The arguments of the program.</summary>
/// <param name="args">Names and values.</param>
internal sealed class RankedOptions(string[] args)
{
    /// <summary>How the network gets its edges: dense, split, pruning or exchange.</summary>
    public string Kind => Text("kind") ?? "split";

    /// <summary>The folder for checkpoints; null for none.</summary>
    public string? Folder => Text("folder");

    public int Epochs => Number("epochs") ?? 4;

    public int Chunks => Number("chunks") ?? 8;

    public int Threads => Number("threads") ?? 1;

    /// <summary>A rank with something else than the others, and what: data, options, weights or nothing.</summary>
    public (int Rank, string What) Differing => Text("differs")?.Split('@') is [var what, var rank] ? (int.Parse(rank, CultureInfo.InvariantCulture), what) : (-1, "nothing");

    /// <summary>A rank that kills itself when it reads a sample, and the number of that sample in the order in which it reads; −1 for none.</summary>
    public (int Rank, int Read) Killed => Text("killed")?.Split('@') is [var read, var rank]
        ? (int.Parse(rank, CultureInfo.InvariantCulture), int.Parse(read, CultureInfo.InvariantCulture)) : (-1, -1);

    /// <summary>The sample, in the order of reading, at which a rank writes a line and waits for Ctrl-C; −1 for none.</summary>
    public int Pause => Number("pauses") ?? -1;

    private int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private string? Text(string name)
    {
        string? found = Array.Find(args, argument => argument.StartsWith(name + "=", StringComparison.Ordinal));
        return found?[(name.Length + 1)..];
    }
}
