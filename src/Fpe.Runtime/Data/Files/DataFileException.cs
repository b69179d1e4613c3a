namespace Fpe.Data.Files;

/// <summary>A file of data cannot be used. There is a type for each kind of damage; all of them name file, place and fix.</summary>
public abstract class DataFileException : FpeException
{
    private protected DataFileException(string file, FilePlace place, string problem, Exception? innerException)
        : base(place.Unit is null ? $"{file}: {problem}" : $"{file}: {place}: {problem}", innerException)
    {
        File = file;
        Place = place;
    }

    /// <summary>Path of the file; for an array within an archive, path and name of the array.</summary>
    public string File { get; }

    /// <summary>Where in the file.</summary>
    public FilePlace Place { get; }
}
