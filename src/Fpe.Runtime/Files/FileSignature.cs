namespace Fpe.Files;

/// <summary>A kind of files that is often given for another, told by how such files begin.</summary>
/// <param name="Name">What it is, such as <c>a zip archive</c>.</param>
/// <param name="Fix">What to do with it.</param>
internal sealed record FileSignature(string Name, string Fix)
{
    /// <summary>Bytes at the beginning of a file that are looked at.</summary>
    public const int Length = 512;

    private const int TarPlace = 257;
    private const string Decompress = "decompress it first.";
    private const string SaveArrays = "load it in Python, and save its arrays with numpy.save.";

    /// <summary>A zip archive: also what torch.save and numpy.savez write.</summary>
    public static FileSignature Zip { get; } = new("a zip archive", "unpack it; one of numpy.savez is read with NpyClasses.ReadNpz.");

    /// <summary>A pickle of Python: also what torch.save wrote before its version 1.6.</summary>
    public static FileSignature Pickle { get; } = new("a pickle of Python, which could run code on loading", SaveArrays);

    /// <summary>Text of no special kind.</summary>
    public static FileSignature Text { get; } = new("plain text", "take .gz off its name.");

    private static FileSignature Page { get; } = new("a page of the web (HTML or XML), as servers send it instead of a file", "open it to see what is wrong, and fetch the file itself.");

    private static FileSignature Tar { get; } = new("a tar archive", "unpack it.");

    private static (byte[] Beginning, FileSignature Signature)[] Known { get; } =
    [
        ([0x1F, 0x8B], new("a gzip file", "decompress it; data may stay as it is, under a name that ends in .gz.")),
        ([.. "PK\u0003\u0004"u8], Zip),
        ([.. "PK\u0005\u0006"u8], Zip),
        ([0x80, 2], Pickle),
        ([0x80, 3], Pickle),
        ([0x80, 4], Pickle),
        ([0x80, 5], Pickle),
        ([0x93, .. "NUMPY"u8], new("an array of numpy.save", "let its name end in .npy, and read it with NpyClasses.")),
        ([.. "BZh"u8], new("a bzip2 file", Decompress)),
        ([0xFD, .. "7zXZ"u8, 0], new("an xz file", Decompress)),
        ([0x28, 0xB5, 0x2F, 0xFD], new("a zstd file", Decompress)),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], new("a 7z archive", "unpack it.")),
        ([0x89, .. "HDF\r\n"u8], new("an HDF5 file", SaveArrays)),
        ([.. "PAR1"u8], new("a Parquet file", SaveArrays)),
        ([.. "MATLAB "u8], new("a MATLAB file", SaveArrays)),
        ([.. "version https://git-lfs"u8], new("a pointer of Git LFS in place of a file", "get the file with 'git lfs pull'.")),
    ];

    /// <summary>What to say of a file of this kind.</summary>
    public string Problem => $"it is {Name}; {Fix}";

    /// <summary>The kind of a file; null if it is none of those that are known.</summary>
    /// <param name="beginning">The first <see cref="Length"/> bytes, or all of a shorter file.</param>
    public static FileSignature? Of(ReadOnlySpan<byte> beginning)
    {
        foreach ((byte[] known, FileSignature signature) in Known)
        {
            if (beginning.StartsWith(known))
                return signature;
        }

        if (beginning.Length > TarPlace && beginning[TarPlace..].StartsWith("ustar"u8))
            return Tar;
        return IsPage(beginning) ? Page : null;
    }

    /// <summary>Whether there is nothing but printable characters, tabs and ends of lines.</summary>
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
