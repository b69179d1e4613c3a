using Microsoft.Win32.SafeHandles;

namespace Fpe.Files;

/// <summary>
/// Opens files for reading without locking them: other programs can read, write, replace and delete them meanwhile. If another program
/// locks a file, opening waits for up to three seconds.
/// </summary>
public static class ReadableFile
{
    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Opens a file or a pipe for reading from the start.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileAccessException">The file cannot be opened.</exception>
    public static FileStream OpenStream(string path) =>
        Open(path, static file => new FileStream(file, FileMode.Open, FileAccess.Read, Everything, bufferSize: 0));

    /// <summary>Opens a file for reading at any position.</summary>
    /// <exception cref="FileAccessException">The file cannot be opened, or is a pipe or a device.</exception>
    internal static FileStream OpenWhole(string path)
    {
        CheckKind(path);
        FileStream stream = OpenStream(path);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        throw NoFile(path);
    }

    /// <summary>Opens a file for reading at any position by several threads.</summary>
    /// <inheritdoc cref="OpenWhole"/>
    internal static SafeFileHandle OpenHandle(string path)
    {
        CheckKind(path);
        return Open(path, static file => File.OpenHandle(file, FileMode.Open, FileAccess.Read, Everything, FileOptions.RandomAccess));
    }

    // Opening a pipe without a writer would block forever.
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
