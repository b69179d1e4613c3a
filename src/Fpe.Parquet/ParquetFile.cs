using Fpe.Data.Files;
using static System.FormattableString;

namespace Fpe.Parquet;

/// <summary>Opens Parquet files, and says what is wrong with those that cannot be read.</summary>
internal static class ParquetFile
{
    private const int MagicLength = 4;

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    private static ReadOnlySpan<byte> EncryptedMagic => "PARE"u8;

    /// <summary>Opens a file that begins and ends like a Parquet file.</summary>
    /// <exception cref="DataFileException">It does not.</exception>
    public static FileStream Open(string path)
    {
        FileStream stream = DataFile.OpenWhole(path);
        try
        {
            Check(path, stream);
            stream.Position = 0;
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Returns the exception for what the library reports.</summary>
    public static DataFileException Problem(string path, Exception error) => error switch
    {
        OutOfMemoryException => new FileOversizedException(path, default, "it does not fit into memory; divide it, or choose fewer columns.", error),
        NotSupportedException or NotImplementedException => new FileUnsupportedException(path, default, $"it has a feature of Parquet that is not supported: {error.Message} Write it again with other settings, such as plain encoding and Snappy compression.", error),
        IOException when error is not (EndOfStreamException or InvalidDataException) => new FileUnreadableException(path, default, $"it cannot be read: {error.Message}", error),
        _ => new FileCorruptException(path, default, $"it is damaged, or not written as Parquet has it: {error.Message} Fetch it again.", error),
    };

    private static void Check(string path, FileStream stream)
    {
        Span<byte> magic = stackalloc byte[MagicLength];
        magic = magic[..stream.ReadAtLeast(magic, MagicLength, throwOnEndOfStream: false)];
        if (magic.SequenceEqual(EncryptedMagic))
            throw new FileUnsupportedException(path, FilePlace.Byte(0), "it is an encrypted Parquet file; write it without encryption.");
        if (!magic.SequenceEqual(Magic))
            throw DataFile.OfOtherKind(path, stream, "a Parquet file");
        stream.Seek(-MagicLength, SeekOrigin.End);
        stream.ReadExactly(magic);
        if (!magic.SequenceEqual(Magic) || stream.Length < 3 * MagicLength)
            throw new FileTruncatedException(path, FilePlace.Byte(stream.Length), Invariant($"the file of {stream.Length} bytes does not end like a Parquet file; fetch it again."));
    }
}
