namespace Fpe.Files;

/// <summary>
/// Which file a path names, whatever the path looks like: relative or not, through symbolic links or (on Linux) by a second name,
/// a hard link. The file need not exist.
/// </summary>
public sealed class FileIdentity
{
    private readonly (ulong Device, ulong Number)? number;

    private FileIdentity(string location)
    {
        Location = location;
        number = FileStatus.Of(location)?.Identity;
    }

    /// <summary>Where the file lies: the path from the root, without symbolic links.</summary>
    public string Location { get; }

    private static StringComparison Comparison =>
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The file that a path names now.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="FileAccessException">This is no path, or its links lead in a circle.</exception>
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

    /// <summary>Whether two paths name one file.</summary>
    /// <param name="other">The file of the other path.</param>
    public bool IsSameAs(FileIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Location, other.Location, Comparison) || (number is not null && number == other.number);
    }

    /// <summary>Whether the file lies in a folder, or in one within it.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    public bool IsWithin(FileIdentity folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string start = Path.EndsInDirectorySeparator(folder.Location) ? folder.Location : folder.Location + Path.DirectorySeparatorChar;
        return Location.StartsWith(start, Comparison);
    }
}
