namespace Fpe.Data.Files;

/// <summary>A file is sound, as far as it was read, but holds what cannot be used here.</summary>
public sealed class FileUnsupportedException : DataFileException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="place">Where in the file.</param>
    /// <param name="problem">What is wrong, the numbers, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public FileUnsupportedException(string file, FilePlace place, string problem, Exception? innerException = null)
        : base(file, place, problem, innerException)
    {
    }
}
