using System.Globalization;

namespace Fpe.Cli.Sweeps;

/// <summary>A part of the runs of a sweep, which one worker runs.</summary>
/// <param name="Index">The number of the part, from 1.</param>
/// <param name="Count">The number of parts.</param>
internal sealed record Shard(int Index, int Count)
{
    /// <summary>The maximum number of parts; cluster managers allow fewer.</summary>
    public const int MaximumCount = 100_000;

    /// <summary>All runs.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Whether it contains all runs.</summary>
    public bool IsWhole => Count == 1;

    /// <summary>Reads a shard as written on the command line: <c>2/6</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The shard; null if the text is not one.</returns>
    public static Shard? TryParse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && TryParseNumber(parts[0], out int index) && TryParseNumber(parts[1], out int count)
            && count is >= 1 and <= MaximumCount && index >= 1 && index <= count
            ? new Shard(index, count)
            : null;
    }

    /// <summary>Returns the shard as written on the command line.</summary>
    public override string ToString() => $"{Index}/{Count}";

    private static bool TryParseNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
