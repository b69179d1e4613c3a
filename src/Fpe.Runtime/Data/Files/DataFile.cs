using Fpe.Files;
using Microsoft.Win32.SafeHandles;

namespace Fpe.Data.Files;

/// <summary>Opens files for reading.</summary>
public static class DataFile
{
    /// <summary>Opens a file or a pipe for reading from the start.</summary>
    /// <exception cref="FileMissingException">The file does not exist.</exception>
    /// <exception cref="FileUnreadableException">The file cannot be opened.</exception>
    internal static FileStream OpenStream(string path) => Open(path, ReadableFile.OpenStream);

    /// <summary>Opens a file for reading at any position.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileMissingException">The file does not exist.</exception>
    /// <exception cref="FileUnreadableException">The file cannot be opened, or is a pipe or a device.</exception>
    public static FileStream OpenWhole(string path) => Open(path, ReadableFile.OpenWhole);

    /// <summary>Opens a file for reading at any position by several threads.</summary>
    /// <inheritdoc cref="OpenWhole"/>
    internal static SafeFileHandle OpenHandle(string path) => Open(path, ReadableFile.OpenHandle);

    /// <summary>Returns the exception for a file that does not begin as it should.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">Its content, which is read from its beginning.</param>
    /// <param name="expected">What it should be, for messages, such as <c>a Parquet file</c>.</param>
    public static DataFileException OfOtherKind(string path, Stream stream, string expected)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> beginning = stackalloc byte[FileSignature.Length];
        stream.Position = 0;
        beginning = beginning[..stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)];
        if (beginning.IsEmpty)
            return new FileEmptyException(path, default, "it has no bytes; fetch it again.");
        FileSignature? kind = FileSignature.Of(beginning) ?? (FileSignature.IsText(beginning) ? FileSignature.Text : null);
        return kind is not null
            ? new FileUnsupportedException(path, FilePlace.Byte(0), $"it is not {expected}: it is {kind.Name}{(kind == FileSignature.Text ? "; check the path." : $"; {kind.Fix}")}")
            : new FileCorruptException(path, FilePlace.Byte(0), $"it does not begin like {expected}; check the path.");
    }

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
