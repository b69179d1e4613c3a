using System.Text.Json;
using Fpe.Files;

namespace Samples.Paper.Results;

/// <summary>Reads the text of a results file.</summary>
internal sealed class ResultsReader
{
    private const byte LineEnd = (byte)'\n';

    private readonly string path;
    private readonly Dictionary<RunConfiguration, int> lines = [];
    private readonly List<RunResult> results = [];

    private ResultsReader(string path) => this.path = path;

    /// <summary>Reads the current content of a file, even while another process appends to it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ResultsFileException">The file cannot be read or is damaged; the message names the line.</exception>
    public static ResultsText Read(string path)
    {
        try
        {
            using FileStream stream = ReadableFile.OpenStream(path);
            return Read(path, stream);
        }
        catch (FileAccessException error)
        {
            throw new ResultsFileException(path, $"cannot be read: {error.InnerException!.Message}", error);
        }
        catch (IOException error)
        {
            throw new ResultsFileException(path, $"cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads a stream from its current position to its end.</summary>
    /// <param name="path">Name of the stream, for messages.</param>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ResultsFileException">A line is damaged.</exception>
    public static ResultsText Read(string path, Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return new ResultsReader(path).Read(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    private ResultsText Read(ReadOnlySpan<byte> text)
    {
        int start = 0;
        int line = 1;
        for (int length; (length = text[start..].IndexOf(LineEnd)) >= 0; start += length + 1)
            Add(Parse(text.Slice(start, length), line), line++);

        ReadOnlySpan<byte> tail = text[start..];
        if (tail.IsEmpty)
            return new ResultsText(results, TailStart: start, Tail.None);
        if (TryParse(tail) is { } last)
        {
            Add(last, line);
            return new ResultsText(results, start, Tail.Unended);
        }

        // Only the beginning of a result that this program could have written counts as a torn line: a file of another program is never
        // truncated.
        ReadOnlySpan<byte> beginning = "{\"key\":\""u8;
        int compared = Math.Min(tail.Length, beginning.Length);
        if (!tail[..compared].SequenceEqual(beginning[..compared]))
            throw Damaged(line, "it is no result of a run.");
        return new ResultsText(results, start, Tail.Torn);
    }

    private RunResult Parse(ReadOnlySpan<byte> text, int line)
    {
        try
        {
            return ResultsJson.Read(text);
        }
        catch (JsonException error) when (ResultsJson.HasOtherFields(text))
        {
            throw new ResultsFileException(path, $"line {line} is of another version of this program, or damaged: {error.Message.ReplaceLineEndings(" ")} Use the version that wrote it, or name another file with --results; only a damaged line is to be removed, and its run will be repeated.", error);
        }
        catch (JsonException error)
        {
            throw Damaged(line, error.Message, error);
        }
    }

    private static RunResult? TryParse(ReadOnlySpan<byte> text)
    {
        try
        {
            return ResultsJson.Read(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Add(RunResult result, int line)
    {
        if (!lines.TryAdd(result.Configuration, line))
            throw Damaged(line, $"it repeats the run of line {lines[result.Configuration]}.");
        results.Add(result);
    }

    private ResultsFileException Damaged(int line, string problem, Exception? error = null) =>
        new(path, $"line {line} is damaged: {problem.ReplaceLineEndings(" ")} Remove that line, and its run will be repeated.", error);
}
