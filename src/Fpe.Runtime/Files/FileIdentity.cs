namespace Fpe.Files;

/// <summary>
/// Identifies the file that a path refers to, regardless of its form: relative or absolute, through symbolic links or (on Linux) hard
/// links. The file need not exist.
/// </summary>
public sealed class FileIdentity
{
    private readonly (ulong Device, ulong Number)? number;

    private FileIdentity(string location)
    {
        Location = location;
        number = FileStatus.Of(location)?.Identity;
    }

    /// <summary>Gets the absolute path of the file without symbolic links.</summary>
    public string Location { get; }

    private static StringComparison Comparison =>
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Returns the file that a path currently refers to.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="FileAccessException">The path is invalid, or its links are circular.</exception>
    public static FileIdentity Of(string path)
    {
        try
        {
            return new FileIdentity(RealPath.Of(path));
        }
        catch (Exception error) when (FileAccessException.IsCauseOfOpening(error))
        {
            throw FileAccessException.Using(path, error);
        }
    }

    /// <summary>Returns whether two paths refer to the same file.</summary>
    /// <param name="other">The file of the other path.</param>
    public bool IsSameAs(FileIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Location, other.Location, Comparison) || (number is not null && number == other.number);
    }

    /// <summary>Returns whether the file is in a folder or one of its subfolders.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    public bool IsWithin(FileIdentity folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string start = Path.EndsInDirectorySeparator(folder.Location) ? folder.Location : folder.Location + Path.DirectorySeparatorChar;
        return Location.StartsWith(start, Comparison);
    }
}
