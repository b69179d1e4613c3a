using Microsoft.Win32.SafeHandles;

namespace Fpe.Files;

/// <summary>
/// Opens files to read so that nobody is kept from them: others may read, write, replace and delete them meanwhile. A file that
/// another program keeps for itself is waited for, up to three seconds.
/// </summary>
public static class ReadableFile
{
    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Opens a file, or a pipe, to be read from its start.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileAccessException">It cannot be opened.</exception>
    public static FileStream OpenStream(string path) =>
        Open(path, static file => new FileStream(file, FileMode.Open, FileAccess.Read, Everything, bufferSize: 0));

    /// <summary>Opens a file to be read from any place.</summary>
    /// <exception cref="FileAccessException">It cannot be opened, or is a pipe or a device.</exception>
    internal static FileStream OpenWhole(string path)
    {
        CheckKind(path);
        FileStream stream = OpenStream(path);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        throw NoFile(path);
    }

    /// <summary>Opens a file to be read at any place by several threads.</summary>
    /// <inheritdoc cref="OpenWhole"/>
    internal static SafeFileHandle OpenHandle(string path)
    {
        CheckKind(path);
        return Open(path, static file => File.OpenHandle(file, FileMode.Open, FileAccess.Read, Everything, FileOptions.RandomAccess));
    }

    // To open a pipe that nobody writes to would take for ever.
    private static void CheckKind(string path)
    {
        if (FileStatus.Of(path) is { Kind: FileKind.Pipe or FileKind.Device })
            throw NoFile(path);
    }

    private static FileAccessException NoFile(string path) =>
        FileAccessException.Reading(path, new IOException("it is a pipe or a device; copy its content to a file."));

    private static T Open<T>(string path, Func<string, T> open)
    {
        try
        {
            return FileInUse.WaitFor(() => open(path));
        }
        catch (Exception error) when (FileAccessException.IsCauseOfOpening(error))
        {
            throw FileAccessException.Reading(path, error);
        }
    }
}
