using Fpe.Data.Files;

namespace Fpe.Arrow;

/// <summary>The kinds of Arrow files, and what is wrong with those that cannot be read.</summary>
internal static class ArrowFile
{
    private static ReadOnlySpan<byte> FileMagic => "ARROW1"u8;

    private static ReadOnlySpan<byte> FirstFeatherMagic => "FEA1"u8;

    /// <summary>The mark before each message of a stream.</summary>
    private static ReadOnlySpan<byte> Continuation => [0xFF, 0xFF, 0xFF, 0xFF];

    /// <summary>Returns whether a file is a stream of messages, and not a file with a footer.</summary>
    /// <exception cref="DataFileException">It is neither.</exception>
    public static bool IsStream(string path, FileStream stream)
    {
        Span<byte> beginning = stackalloc byte[FileMagic.Length];
        beginning = beginning[..stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)];
        if (beginning.StartsWith(FirstFeatherMagic))
            throw new FileUnsupportedException(path, FilePlace.Byte(0), "it is a Feather file of version 1, which is not supported; write it again, as with pyarrow.feather.write_feather(table, path, version=2).");
        bool isFile = beginning.SequenceEqual(FileMagic);
        if (!isFile && !beginning.StartsWith(Continuation))
            throw DataFile.OfOtherKind(path, stream, "an Arrow file");
        if (isFile)
            CheckEnd(path, stream);
        stream.Position = 0;
        return !isFile;
    }

    /// <summary>Returns the exception for what the library reports.</summary>
    public static DataFileException Problem(string path, Exception error) => error switch
    {
        OutOfMemoryException => new FileOversizedException(path, default, "it does not fit into memory; divide it.", error),
        NotSupportedException or NotImplementedException => new FileUnsupportedException(path, default, $"it has a feature of Arrow that is not supported: {error.Message} Write it again without it.", error),
        IOException when error is not (EndOfStreamException or InvalidDataException) => new FileUnreadableException(path, default, $"it cannot be read: {error.Message}", error),
        _ => new FileCorruptException(path, default, $"it is damaged, or not written as Arrow has it: {error.Message} Fetch it again.", error),
    };

    private static void CheckEnd(string path, FileStream stream)
    {
        Span<byte> end = stackalloc byte[FileMagic.Length];
        stream.Seek(-end.Length, SeekOrigin.End);
        stream.ReadExactly(end);
        if (!end.SequenceEqual(FileMagic) || stream.Length < 3 * end.Length)
            throw new FileTruncatedException(path, FilePlace.Byte(stream.Length), "the file does not end like an Arrow file; fetch it again.");
    }
}
