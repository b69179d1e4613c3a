using System.Buffers.Binary;

namespace Fpe.Files;

/// <summary>A kind of file that is often mistaken for another, recognised by its first bytes.</summary>
/// <param name="Name">The name of the kind, such as <c>a zip archive</c>.</param>
/// <param name="Fix">The suggested fix.</param>
internal sealed record FileSignature(string Name, string Fix)
{
    /// <summary>The number of bytes at the beginning of a file that are examined.</summary>
    public const int Length = 512;

    private const int TarPlace = 257;
    private const string Decompress = "decompress it first.";
    private const string SaveArrays = "load it in Python and save its arrays with numpy.save.";

    /// <summary>A zip archive of something else than below; numpy.savez also writes one.</summary>
    public static FileSignature Zip { get; } = new("a zip archive", "unpack it; an archive of numpy.savez is read with NpyClasses.ReadNpz.");

    /// <summary>A zip archive of torch.save.</summary>
    public static FileSignature Torch { get; } = new("a zip archive of torch.save", SaveArrays);

    /// <summary>A zip archive of a Keras model.</summary>
    public static FileSignature Keras { get; } = new("a zip archive of Keras", SaveArrays);

    /// <summary>An HDF5 file, which earlier versions of Keras also wrote.</summary>
    public static FileSignature Hdf5 { get; } = new("an HDF5 file", SaveArrays);

    /// <summary>A Python pickle, which torch.save also wrote before version 1.6.</summary>
    public static FileSignature Pickle { get; } = new("a Python pickle, which could run code when loaded", SaveArrays);

    /// <summary>Plain text.</summary>
    public static FileSignature Text { get; } = new("plain text", "remove .gz from its name.");

    private static FileSignature Page { get; } = new("a web page (HTML or XML), which a server sent instead of the file", "open it to see what is wrong, and fetch the file itself.");

    private static FileSignature Tar { get; } = new("a tar archive", "unpack it.");

    private static (byte[] Beginning, FileSignature Signature)[] Known { get; } =
    [
        ([0x1F, 0x8B], new("a gzip file", "decompress it; a data file can stay compressed if its name ends in .gz.")),
        ([.. "PK\u0003\u0004"u8], Zip),
        ([.. "PK\u0005\u0006"u8], Zip),
        ([0x80, 2], Pickle),
        ([0x80, 3], Pickle),
        ([0x80, 4], Pickle),
        ([0x80, 5], Pickle),
        ([0x93, .. "NUMPY"u8], new("an array of numpy.save", "rename it to end in .npy, and read it with NpyClasses.")),
        ([.. "BZh"u8], new("a bzip2 file", Decompress)),
        ([0xFD, .. "7zXZ"u8, 0], new("an xz file", Decompress)),
        ([0x28, 0xB5, 0x2F, 0xFD], new("a zstd file", Decompress)),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], new("a 7z archive", "unpack it.")),
        ([0x89, .. "HDF\r\n"u8], Hdf5),
        ([.. "PAR1"u8], new("a Parquet file", "read it with ParquetTable of the package Fpe.Parquet.")),
        ([.. "ARROW1"u8], new("an Arrow file", "read it with ArrowTable of the package Fpe.Arrow.")),
        ([.. "MATLAB "u8], new("a MATLAB file", SaveArrays)),
        ([.. "version https://git-lfs"u8], new("a Git LFS pointer instead of the file", "get the file with 'git lfs pull'.")),
    ];

    /// <summary>The description of the problem for messages.</summary>
    public string Problem => $"it is {Name}; {Fix}";

    /// <summary>Whether it is a zip archive of any kind.</summary>
    public bool IsZip => this == Zip || this == Torch || this == Keras;

    /// <summary>Returns the kind of a file; null if it is unknown.</summary>
    /// <param name="beginning">The first <see cref="Length"/> bytes, or all of a shorter file.</param>
    public static FileSignature? Of(ReadOnlySpan<byte> beginning)
    {
        foreach ((byte[] known, FileSignature signature) in Known)
        {
            if (beginning.StartsWith(known))
                return signature == Zip ? OfArchive(beginning) : signature;
        }

        if (beginning.Length > TarPlace && beginning[TarPlace..].StartsWith("ustar"u8))
            return Tar;
        return IsPage(beginning) ? Page : null;
    }

    /// <summary>Returns the kind of a zip archive, by the name of its first entry.</summary>
    private static FileSignature OfArchive(ReadOnlySpan<byte> beginning)
    {
        const int LengthPlace = 26;
        const int NamePlace = 30;
        if (beginning.Length < NamePlace)
            return Zip;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(beginning[LengthPlace..]);
        ReadOnlySpan<byte> name = beginning.Slice(NamePlace, Math.Min(length, beginning.Length - NamePlace));
        return name.EndsWith("/data.pkl"u8) ? Torch
            : name.SequenceEqual("metadata.json"u8) || name.SequenceEqual("config.json"u8) || name.SequenceEqual("model.weights.h5"u8) ? Keras
            : Zip;
    }

    /// <summary>Returns whether there are only printable characters, tabs and line endings.</summary>
    public static bool IsText(ReadOnlySpan<byte> beginning)
    {
        foreach (byte b in beginning)
        {
            if (b is not (>= (byte)' ' and <= (byte)'~') and not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
                return false;
        }

        return true;
    }

    private static bool IsPage(ReadOnlySpan<byte> beginning)
    {
        ReadOnlySpan<byte> text = beginning.StartsWith("\uFEFF"u8) ? beginning[3..] : beginning;
        text = text.TrimStart(" \t\r\n"u8);
        return StartsWith(text, "<!doctype html"u8) || StartsWith(text, "<html"u8) || StartsWith(text, "<?xml"u8);
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && System.Text.Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
