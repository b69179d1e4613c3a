namespace Fpe.Cli.Results;

/// <summary>The parts of a results file, which are parsed at the same time and then joined.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
/// <param name="path">The file, for messages.</param>
/// <param name="format">The format of the lines.</param>
internal sealed class TextParts<TResult>(string path, IResultFormat<TResult> format)
    where TResult : class
{
    private readonly List<ParsedLines<TResult>> parts = [];
    private long tailStart;
    private byte[] tail = [];
    private ResultsFileException? unreadable;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Adds a part at the end, whose lines are parsed later.</summary>
    public ParsedLines<TResult> Add()
    {
        var part = new ParsedLines<TResult>();
        parts.Add(part);
        return part;
    }

    /// <summary>Ends the text.</summary>
    /// <param name="start">The byte offset of what follows the last line break.</param>
    /// <param name="rest">What follows the last line break.</param>
    public void End(long start, byte[] rest) => (tailStart, tail) = (start, rest);

    /// <summary>Ends the text where it cannot be read any further.</summary>
    /// <param name="cause">The reason.</param>
    public void End(Exception cause) => unreadable = new ResultsFileException(path, $"cannot be read: {cause.Message}", cause);

    /// <summary>Joins the parts, after all were parsed.</summary>
    /// <exception cref="ResultsFileException">The file cannot be read or is damaged; the message names the first line that is.</exception>
    public ResultsText<TResult> Join()
    {
        int count = parts.Sum(part => part.Lines.Count) + 1;
        var lines = new List<StoredResult<TResult>>(count);
        var lineOfKey = new Dictionary<string, int>(count, StringComparer.Ordinal);
        foreach (ParsedLines<TResult> part in parts)
            Append(part);
        if (unreadable is not null)
            throw unreadable;
        return new ResultsText<TResult>(lines, tailStart, AppendTail());

        void Append(ParsedLines<TResult> part)
        {
            foreach (StoredResult<TResult> line in part.Lines)
            {
                if (!lineOfKey.TryAdd(line.Key, lines.Count + 1))
                    throw Failure(LineProblem.Damage($"it repeats the run of line {lineOfKey[line.Key]}."));
                lines.Add(line);
            }

            if (part.Problem is { } problem)
                throw Failure(problem);
        }

        Tail AppendTail()
        {
            if (tail.Length == 0)
                return Tail.None;
            var last = new ParsedLines<TResult>();
            last.ParseLine(tail, tailStart, format);
            if (last.Problem is not { IsUnreadable: true })
            {
                Append(last);
                return Tail.Unended;
            }

            // Only the beginning of a result that this program could have written counts as a torn line: a file of another program is never
            // truncated.
            ReadOnlySpan<byte> beginning = ParsedLines<TResult>.Beginning;
            int compared = Math.Min(tail.Length, beginning.Length);
            return tail.AsSpan(0, compared).SequenceEqual(beginning[..compared]) ? Tail.Torn : throw Failure(LineProblem.Damage("it is no result of a run."));
        }

        ResultsFileException Failure(LineProblem problem) => problem.ToException(path, lines.Count + 1);
    }
}
