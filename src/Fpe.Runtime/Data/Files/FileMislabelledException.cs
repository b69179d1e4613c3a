namespace Fpe.Data.Files;

/// <summary>Labels are no classes, or do not belong to the samples.</summary>
public sealed class FileMislabelledException : DataFileException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="place">Where in the file.</param>
    /// <param name="problem">What is wrong, the numbers, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public FileMislabelledException(string file, FilePlace place, string problem, Exception? innerException = null)
        : base(file, place, problem, innerException)
    {
    }
}
