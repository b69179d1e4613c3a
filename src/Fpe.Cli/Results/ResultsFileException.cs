namespace Fpe.Cli.Results;

/// <summary>Thrown when a results file cannot be used: it is locked, damaged, or cannot be read or written.</summary>
internal sealed class ResultsFileException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">The problem, the line if there is one, and the fix.</param>
    /// <param name="innerException">The cause; null if there is none.</param>
    public ResultsFileException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException)
    {
    }
}
