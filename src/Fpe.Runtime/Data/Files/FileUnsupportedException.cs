namespace Fpe.Data.Files;

/// <summary>Thrown when a file is intact, as far as it was read, but its content is not supported.</summary>
public sealed class FileUnsupportedException : DataFileException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="place">The location in the file.</param>
    /// <param name="problem">The problem, the numbers and the fix.</param>
    /// <param name="innerException">The exception that is the cause, if any.</param>
    public FileUnsupportedException(string file, FilePlace place, string problem, Exception? innerException = null)
        : base(file, place, problem, innerException)
    {
    }
}
