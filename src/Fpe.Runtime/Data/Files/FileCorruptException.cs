namespace Fpe.Data.Files;

/// <summary>A file breaks the rules of its format, holds a number that is none, or more than it promises.</summary>
public sealed class FileCorruptException : DataFileException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="place">Where in the file.</param>
    /// <param name="problem">What is wrong, the numbers, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public FileCorruptException(string file, FilePlace place, string problem, Exception? innerException = null)
        : base(file, place, problem, innerException)
    {
    }
}
