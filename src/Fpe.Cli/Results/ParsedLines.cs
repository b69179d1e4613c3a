using System.Text.Json;

namespace Fpe.Cli.Results;

/// <summary>Consecutive lines of a results file, up to the first one with a problem.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
internal sealed class ParsedLines<TResult>
    where TResult : class
{
    private readonly List<StoredResult<TResult>> lines = [];

    /// <summary>The lines before the problem.</summary>
    public IReadOnlyList<StoredResult<TResult>> Lines => lines;

    /// <summary>What is wrong with the line after <see cref="Lines"/>; null if nothing is.</summary>
    public LineProblem? Problem { get; private set; }

    /// <summary>How every result begins that this program could have written.</summary>
    public static ReadOnlySpan<byte> Beginning => "{\"key\":\""u8;

    /// <summary>Parses complete lines, until one has a problem.</summary>
    /// <param name="text">The lines, each with its line break.</param>
    /// <param name="start">The byte offset of the first one in its file.</param>
    /// <param name="format">The format of the lines.</param>
    public void Parse(ReadOnlySpan<byte> text, long start, IResultFormat<TResult> format)
    {
        for (int length; Problem is null && (length = text.IndexOf(LineBlocks.LineEnd)) >= 0;)
        {
            ParseLine(text[..length], start, format);
            text = text[(length + 1)..];
            start += length + 1;
        }
    }

    /// <summary>Parses a line.</summary>
    /// <param name="line">The line, without its line break.</param>
    /// <param name="start">Its byte offset in the file.</param>
    /// <param name="format">The format of the line.</param>
    public void ParseLine(ReadOnlySpan<byte> line, long start, IResultFormat<TResult> format)
    {
        try
        {
            (string writtenKey, string key, TResult result) = format.Read(line);
            if (writtenKey == key)
                lines.Add(new StoredResult<TResult>(key, result, start, line.Length));
            else
                Problem = LineProblem.Damage($"its key is \"{writtenKey}\", but its configuration is \"{key}\".");
        }
        catch (JsonException error) when (line.StartsWith(Beginning) && IsJson(line))
        {
            Problem = LineProblem.OtherVersion(error);
        }
        catch (JsonException error)
        {
            Problem = LineProblem.Damage(error.Message, error);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
