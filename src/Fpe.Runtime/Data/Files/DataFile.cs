using Fpe.Files;
using Microsoft.Win32.SafeHandles;

namespace Fpe.Data.Files;

/// <summary>Opens files for reading.</summary>
internal static class DataFile
{
    /// <summary>Opens a file or a pipe for reading from the start.</summary>
    /// <exception cref="FileMissingException">The file does not exist.</exception>
    /// <exception cref="FileUnreadableException">The file cannot be opened.</exception>
    public static FileStream OpenStream(string path) => Open(path, ReadableFile.OpenStream);

    /// <summary>Opens a file for reading at any position.</summary>
    /// <exception cref="FileMissingException">The file does not exist.</exception>
    /// <exception cref="FileUnreadableException">The file cannot be opened, or is a pipe or a device.</exception>
    public static FileStream OpenWhole(string path) => Open(path, ReadableFile.OpenWhole);

    /// <summary>Opens a file for reading at any position by several threads.</summary>
    /// <inheritdoc cref="OpenWhole"/>
    public static SafeFileHandle OpenHandle(string path) => Open(path, ReadableFile.OpenHandle);

    private static T Open<T>(string path, Func<string, T> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return open(path);
        }
        catch (FileAccessException error) when (error.InnerException is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileMissingException(path, default, "the file does not exist; check the path.", error);
        }
        catch (FileAccessException error)
        {
            throw new FileUnreadableException(path, default, $"it cannot be opened: {error.InnerException!.Message}", error);
        }
    }
}
