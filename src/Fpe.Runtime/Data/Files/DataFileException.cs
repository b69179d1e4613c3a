namespace Fpe.Data.Files;

/// <summary>
/// The base class of exceptions for data files that cannot be used. There is one type for each kind of problem; each message contains the
/// file, the location and the fix.
/// </summary>
public abstract class DataFileException : FpeException
{
    private protected DataFileException(string file, FilePlace place, string problem, Exception? innerException)
        : base(place.Unit is null ? $"{file}: {problem}" : $"{file}: {place}: {problem}", innerException)
    {
        File = file;
        Place = place;
    }

    /// <summary>Gets the path of the file; for an array in an archive, the path and the name of the array.</summary>
    public string File { get; }

    /// <summary>Gets the location in the file.</summary>
    public FilePlace Place { get; }
}
