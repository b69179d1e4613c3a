using Fpe.Files;
using Microsoft.Win32.SafeHandles;

namespace Fpe.Data.Files;

/// <summary>Opens files to read.</summary>
internal static class DataFile
{
    /// <summary>Opens a file, or a pipe, to be read from its start.</summary>
    /// <exception cref="FileMissingException">It is not there.</exception>
    /// <exception cref="FileUnreadableException">It cannot be opened.</exception>
    public static FileStream OpenStream(string path) => Open(path, ReadableFile.OpenStream);

    /// <summary>Opens a file to be read from any place.</summary>
    /// <exception cref="FileMissingException">It is not there.</exception>
    /// <exception cref="FileUnreadableException">It cannot be opened, or is a pipe or a device.</exception>
    public static FileStream OpenWhole(string path) => Open(path, ReadableFile.OpenWhole);

    /// <summary>Opens a file to be read at any place by several threads.</summary>
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
            throw new FileMissingException(path, default, "there is no such file; check the path.", error);
        }
        catch (FileAccessException error)
        {
            throw new FileUnreadableException(path, default, $"it cannot be opened: {error.InnerException!.Message}", error);
        }
    }
}
