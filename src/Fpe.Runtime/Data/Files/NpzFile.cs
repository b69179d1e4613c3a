using System.IO.Compression;
using Fpe.Files;

namespace Fpe.Data.Files;

/// <summary>
/// An archive of arrays as written by <c>numpy.savez</c> and <c>numpy.savez_compressed</c>. An array is decompressed when it is read. Names
/// are only looked up in the archive, never on disk.
/// </summary>
public sealed class NpzFile : IDisposable
{
    private const int MaximumEntries = 4096;
    private const string Suffix = ".npy";

    /// <summary>The entry that torch.save adds to every archive.</summary>
    private const string PyTorchEntry = "data.pkl";

    /// <summary>The number of bytes of an entry besides its content: its local header and its directory record.</summary>
    private const int EntryOverhead = 30 + 46;

    private readonly string path;
    private readonly Stream stream;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    private NpzFile(string path, Stream stream)
    {
        this.path = path;
        this.stream = stream;
        archive = new ZipArchive(stream, ZipArchiveMode.Read);
    }

    /// <summary>Gets the names of the arrays, in the order of the archive.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Opens an archive and checks its directory.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file cannot be opened or is damaged, or its directory is invalid.</exception>
    public static NpzFile Open(string path) => Open(path, DataFile.OpenWhole(path));

    /// <summary>Opens an archive and checks its directory.</summary>
    /// <param name="path">The path of the archive, for messages.</param>
    /// <param name="stream">The archive, which must be seekable. The result owns it; if there is none, it is closed.</param>
    internal static NpzFile Open(string path, Stream stream)
    {
        NpzFile? opened = null;
        try
        {
            CheckBeginning(path, stream);
            opened = new NpzFile(path, stream);
            opened.CheckDirectory(stream.Length);
            return opened;
        }
        catch (Exception error)
        {
            opened?.Dispose();
            stream.Dispose();
            if (error is InvalidDataException or IOException or NotSupportedException)
                throw new FileCorruptException(path, default, $"it is not a valid archive: {error.Message} Fetch it again, or save it with numpy.savez.", error);
            throw;
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name, such as <c>features</c>.</param>
    /// <exception cref="DataFileException">There is no array with this name, or it is damaged.</exception>
    public NpyArray Read(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!entries.TryGetValue(name, out ZipArchiveEntry? entry))
            throw new FileMissingException(path, default, $"it has no array '{name}', only {string.Join(", ", names.Take(10).Select(known => $"'{known}'"))}; choose one of these.");
        using ContentStream content = Open(name, entry);
        return new NpyArray(content.ReadToEnd());
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private static void CheckBeginning(string path, Stream stream)
    {
        Span<byte> beginning = stackalloc byte[FileSignature.Length];
        int count = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        if (FileSignature.Of(beginning[..count]) is { IsZip: false } other)
            throw new FileUnsupportedException(path, FilePlace.Byte(0), $"it is not an archive of numpy.savez: {other.Problem}");
    }

    private ContentStream Open(string name, ZipArchiveEntry entry)
    {
        string file = $"{path}/{name}{Suffix}";
        try
        {
            return ContentStream.Open(file, entry);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            if (ZipMethods.Of(stream, names.IndexOf(name)) is { } method && ZipMethods.NameOf(method) is { } words)
                throw new FileUnsupportedException(file, default, $"it is compressed with {words} (method {method} of zip archives), which is not supported; save the arrays with numpy.savez or numpy.savez_compressed.", error);
            throw new FileCorruptException(file, default, $"the archive is damaged: {error.Message} Fetch it again.", error);
        }
    }

    private void CheckDirectory(long fileLength)
    {
        long stored = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (names.Count == MaximumEntries)
                throw new FileOversizedException(path, default, $"it has more than {MaximumEntries} arrays; divide the file.");
            string name = NameOf(entry);
            if (!entries.TryAdd(name, entry))
                throw new FileCorruptException(path, default, $"it has two arrays '{Quotation.Of(name)}'; save it again with different names.");
            names.Add(name);

            // Entries that share bytes would let a small file expand without limit.
            stored += entry.CompressedLength + EntryOverhead + entry.FullName.Length;
            if (stored > fileLength)
                throw new FileCorruptException(path, default, $"its arrays up to '{Quotation.Of(name)}' claim {stored} bytes, but the file has {fileLength}; fetch it again.");
        }

        if (names.Count == 0)
            throw new FileEmptyException(path, default, "it has no arrays; save at least one with numpy.savez.");
    }

    private string NameOf(ZipArchiveEntry entry)
    {
        string name = entry.FullName;
        if (Path.GetFileName(name) == PyTorchEntry)
            throw new FileUnsupportedException(path, default, "it was written by torch.save; convert it in Python, as with numpy.savez('data.npz', **{name: x.numpy() for name, x in torch.load(path, weights_only=True).items()}).");
        bool isPlain = name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
            && !name.StartsWith('/') && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)
            && !name.Split('/').Contains("..") && !name.Any(char.IsControl);
        if (!isPlain)
            throw new FileUnsupportedException(path, default, $"the entry '{Quotation.Of(name)}' is not a plain name that ends in {Suffix}; save only arrays, with numpy.savez.");
        if (entry.IsEncrypted)
            throw new FileUnsupportedException(path, default, $"the entry '{Quotation.Of(name)}' is encrypted; save it without a password.");
        return name[..^Suffix.Length];
    }
}
