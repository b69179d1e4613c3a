namespace Fpe.Cli.Results;

/// <summary>A part of a text that consists of complete lines.</summary>
/// <param name="Start">The byte offset in the text.</param>
/// <param name="Buffer">An array from the shared pool, which begins with the lines.</param>
/// <param name="Length">The number of bytes, including the last line break.</param>
internal readonly record struct LineBlock(long Start, byte[] Buffer, int Length);
