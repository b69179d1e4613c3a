using Microsoft.Win32.SafeHandles;

namespace Fpe.Data.Files;

/// <summary>Opens files to read.</summary>
internal static class DataFile
{
    /// <summary>Opens a file to be read from its start.</summary>
    /// <exception cref="FileMissingException">It is not there.</exception>
    /// <exception cref="FileUnreadableException">It cannot be opened.</exception>
    public static FileStream OpenStream(string path) =>
        Open(path, static file => new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0));

    /// <summary>Opens a file to be read at any place.</summary>
    /// <inheritdoc cref="OpenStream"/>
    public static SafeFileHandle OpenHandle(string path) =>
        Open(path, static file => File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess));

    /// <summary>The size of a file.</summary>
    /// <exception cref="FileUnreadableException">It is a pipe or the like, which has none.</exception>
    public static long LengthOf(string path, SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException error)
        {
            throw new FileUnreadableException(path, default, "it is no ordinary file; copy its content to one.", error);
        }
    }

    private static T Open<T>(string path, Func<string, T> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return open(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileMissingException(path, default, "there is no such file; check the path.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileUnreadableException(path, default, $"it cannot be opened: {error.Message}", error);
        }
    }
}
