namespace Fpe.Data.Files;

/// <summary>A file is there, but the system does not let it be read.</summary>
public sealed class FileUnreadableException : DataFileException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="place">Where in the file.</param>
    /// <param name="problem">What is wrong, the numbers, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public FileUnreadableException(string file, FilePlace place, string problem, Exception? innerException = null)
        : base(file, place, problem, innerException)
    {
    }
}
