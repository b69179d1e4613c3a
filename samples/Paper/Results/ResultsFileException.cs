namespace Samples.Paper.Results;

/// <summary>A results file cannot be used: it is locked, damaged, or cannot be read or written.</summary>
internal sealed class ResultsFileException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, the line where one is, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public ResultsFileException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException)
    {
    }
}
