using System.Text.Json;

namespace Fpe.Cli.Results;

/// <summary>How the results of a program are written: one line of JSON per run, which begins with <c>{"key":"</c>.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
internal interface IResultFormat<TResult>
    where TResult : class
{
    /// <summary>Returns the key of the run: readable, unique, and the same on every machine. It names all that decides the result.</summary>
    string KeyOf(TResult result);

    /// <summary>Returns the training time in seconds; 0 if it is not known.</summary>
    double SecondsOf(TResult result);

    /// <summary>Writes a result as one line, including the line break.</summary>
    byte[] Write(TResult result);

    /// <summary>Reads a result, on any thread.</summary>
    /// <param name="line">The line, without the line break.</param>
    /// <exception cref="JsonException">The line is not a result.</exception>
    ReadResult<TResult> Read(ReadOnlySpan<byte> line);
}
