namespace Fpe.Files;

/// <summary>
/// Thrown when a file cannot be read or written because it does not exist, permission is missing, another program locks it, or the disk is
/// full or fails.
/// </summary>
public sealed class FileAccessException : FpeException
{
    private FileAccessException(string path, string problem, Exception cause)
        : base($"{path} {problem}", cause)
    {
    }

    /// <summary>Creates the exception for a file that cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">The error reported by the operating system.</param>
    internal static FileAccessException Reading(string path, Exception cause) => new(path, $"cannot be read: {cause.Message}", cause);

    /// <summary>Creates the exception for a file that cannot be written.</summary>
    /// <inheritdoc cref="Reading"/>
    internal static FileAccessException Writing(string path, Exception cause) => new(path, $"cannot be written: {cause.Message}", cause);

    /// <summary>Creates the exception for a file or folder that can neither be read nor written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">The error reported by the operating system.</param>
    public static FileAccessException Using(string path, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new FileAccessException(path, $"cannot be used: {cause.Message}", cause);
    }

    /// <summary>Returns whether an exception is what a file operation throws if the file cannot be used.</summary>
    /// <param name="error">The exception.</param>
    public static bool IsCause(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>Same as <see cref="IsCause"/>, but for opening a file, for which the path may also be invalid.</summary>
    internal static bool IsCauseOfOpening(Exception error) => IsCause(error) || error is ArgumentException;
}
