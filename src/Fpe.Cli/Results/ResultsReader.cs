using System.Text.Json;
using Fpe.Files;

namespace Fpe.Cli.Results;

/// <summary>Reads the text of a results file.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
internal sealed class ResultsReader<TResult>
    where TResult : class
{
    private const byte LineEnd = (byte)'\n';
    private const int FirstBuffer = 1 << 14;

    private readonly string path;
    private readonly IResultFormat<TResult> format;
    private readonly Dictionary<string, int> lineOfKey = new(StringComparer.Ordinal);
    private readonly List<StoredResult<TResult>> lines = [];

    private ResultsReader(string path, IResultFormat<TResult> format)
    {
        this.path = path;
        this.format = format;
    }

    /// <summary>Reads the current content of a file, even while another process appends to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format of the lines.</param>
    /// <exception cref="ResultsFileException">The file cannot be read or is damaged; the message names the line.</exception>
    public static ResultsText<TResult> Read(string path, IResultFormat<TResult> format)
    {
        try
        {
            using FileStream stream = ReadableFile.OpenStream(path);
            return Read(path, format, stream);
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

    /// <summary>Reads a stream from its beginning to its end.</summary>
    /// <param name="path">Name of the stream, for messages.</param>
    /// <param name="format">The format of the lines.</param>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ResultsFileException">A line is damaged.</exception>
    public static ResultsText<TResult> Read(string path, IResultFormat<TResult> format, Stream stream) =>
        new ResultsReader<TResult>(path, format).Read(stream);

    private ResultsText<TResult> Read(Stream stream)
    {
        var buffer = new byte[FirstBuffer];
        int filled = 0;
        long start = 0;
        for (int count; (count = stream.Read(buffer, filled, buffer.Length - filled)) > 0;)
        {
            filled += count;
            int used = AddLines(buffer.AsSpan(0, filled), start);
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            start += used;
            filled -= used;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
        }

        return AddTail(buffer.AsSpan(0, filled), start);
    }

    // Returns the length of the complete lines.
    private int AddLines(ReadOnlySpan<byte> text, long textStart)
    {
        int start = 0;
        for (int length; (length = text[start..].IndexOf(LineEnd)) >= 0; start += length + 1)
        {
            ReadOnlySpan<byte> line = text.Slice(start, length);
            Add(Parse(line), textStart + start, length);
        }

        return start;
    }

    private ResultsText<TResult> AddTail(ReadOnlySpan<byte> tail, long start)
    {
        if (tail.IsEmpty)
            return new ResultsText<TResult>(lines, start, Tail.None);
        if (TryParse(tail) is { } last)
        {
            Add(last, start, tail.Length);
            return new ResultsText<TResult>(lines, start, Tail.Unended);
        }

        // Only the beginning of a result that this program could have written counts as a torn line: a file of another program is never
        // truncated.
        int compared = Math.Min(tail.Length, Beginning.Length);
        if (!tail[..compared].SequenceEqual(Beginning[..compared]))
            throw Damaged("it is no result of a run.");
        return new ResultsText<TResult>(lines, start, Tail.Torn);
    }

    private static ReadOnlySpan<byte> Beginning => "{\"key\":\""u8;

    private (string Key, TResult Result) Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return format.Read(line);
        }
        catch (JsonException error) when (line.StartsWith(Beginning) && IsJson(line))
        {
            throw new ResultsFileException(path, $"line {lines.Count + 1} is of another version of this program, or damaged: {error.Message.ReplaceLineEndings(" ")} Use the version that wrote it, or name another file with --results; only a damaged line is to be removed, and its run will be repeated.", error);
        }
        catch (JsonException error)
        {
            throw Damaged(error.Message, error);
        }
    }

    private (string Key, TResult Result)? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            return format.Read(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Add((string Key, TResult Result) entry, long start, int length)
    {
        string key = format.KeyOf(entry.Result);
        if (entry.Key != key)
            throw Damaged($"its key is \"{entry.Key}\", but its configuration is \"{key}\".");
        if (!lineOfKey.TryAdd(key, lines.Count + 1))
            throw Damaged($"it repeats the run of line {lineOfKey[key]}.");
        lines.Add(new StoredResult<TResult>(key, entry.Result, start, length));
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

    // The line after those that were read.
    private ResultsFileException Damaged(string problem, Exception? error = null) =>
        new(path, $"line {lines.Count + 1} is damaged: {problem.ReplaceLineEndings(" ")} Remove that line, and its run will be repeated.", error);
}
