namespace Fpe.Files;

/// <summary>A file cannot be read or written: it is not there, permission is lacking, another program keeps it, the disk is full or fails.</summary>
public sealed class FileAccessException : FpeException
{
    private FileAccessException(string path, string problem, Exception cause)
        : base($"{path} {problem}", cause)
    {
    }

    /// <summary>A file cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system reported.</param>
    internal static FileAccessException Reading(string path, Exception cause) => new(path, $"cannot be read: {cause.Message}", cause);

    /// <summary>A file cannot be written.</summary>
    /// <inheritdoc cref="Reading"/>
    internal static FileAccessException Writing(string path, Exception cause) => new(path, $"cannot be written: {cause.Message}", cause);

    /// <summary>A file can neither be read nor written.</summary>
    /// <inheritdoc cref="Reading"/>
    internal static FileAccessException Using(string path, Exception cause) => new(path, $"cannot be used: {cause.Message}", cause);

    /// <summary>Whether an exception is what a file operation reports when the file cannot be used.</summary>
    internal static bool IsCause(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>The same for opening, where the path may be no path at all.</summary>
    internal static bool IsCauseOfOpening(Exception error) => IsCause(error) || error is ArgumentException;
}
