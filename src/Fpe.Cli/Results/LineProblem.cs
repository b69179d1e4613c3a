using System.Text.Json;

namespace Fpe.Cli.Results;

/// <summary>What is wrong with a line, whose number is not known yet.</summary>
internal sealed class LineProblem
{
    private readonly string text;
    private readonly JsonException? cause;

    private LineProblem(string text, JsonException? cause)
    {
        this.text = text;
        this.cause = cause;
    }

    /// <summary>Whether the line is not a result at all.</summary>
    public bool IsUnreadable => cause is not null;

    /// <summary>A line that is damaged.</summary>
    /// <param name="problem">What is wrong with it, as a sentence.</param>
    /// <param name="cause">Why it is not a result; null if it is one.</param>
    public static LineProblem Damage(string problem, JsonException? cause = null) =>
        new($"is damaged: {problem.ReplaceLineEndings(" ")} Remove that line, and its run will be repeated.", cause);

    /// <summary>A line that is JSON and begins like a result, but is not one that this version can read.</summary>
    public static LineProblem OtherVersion(JsonException cause) =>
        new($"is of another version of this program, or damaged: {cause.Message.ReplaceLineEndings(" ")} Use the version that wrote it, or name another file with --results; only a damaged line is to be removed, and its run will be repeated.", cause);

    /// <summary>Returns the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The number of the line, from 1.</param>
    public ResultsFileException ToException(string path, int line) => new(path, $"line {line} {text}", cause);
}
