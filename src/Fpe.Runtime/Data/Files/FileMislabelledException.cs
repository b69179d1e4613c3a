namespace Fpe.Data.Files;

/// <summary>Thrown when labels are not valid classes, or do not belong to the samples.</summary>
public sealed class FileMislabelledException : DataFileException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="place">The location in the file.</param>
    /// <param name="problem">The problem, the numbers and the fix.</param>
    /// <param name="innerException">The exception that is the cause, if any.</param>
    public FileMislabelledException(string file, FilePlace place, string problem, Exception? innerException = null)
        : base(file, place, problem, innerException)
    {
    }
}
