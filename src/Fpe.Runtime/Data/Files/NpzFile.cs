using System.IO.Compression;

namespace Fpe.Data.Files;

/// <summary>
/// An archive of arrays as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write it. An array is decompressed when it is
/// read. Names are looked up in the archive only, never on disk.
/// </summary>
public sealed class NpzFile : IDisposable
{
    private const int MaximumEntries = 4096;
    private const string Suffix = ".npy";

    /// <summary>Bytes that an entry takes beside its content: its local header, its line in the directory.</summary>
    private const int EntryOverhead = 30 + 46;

    private readonly string path;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    private NpzFile(string path, ZipArchive archive)
    {
        this.path = path;
        this.archive = archive;
    }

    /// <summary>Names of the arrays, in the order of the archive.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Opens an archive and checks its directory.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">It cannot be opened, is damaged, or its directory breaks a rule.</exception>
    public static NpzFile Open(string path) => Open(path, DataFile.OpenWhole(path));

    /// <summary>Opens an archive and checks its directory.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="stream">The archive, which can be read from any place; belongs to the result, and is closed where there is none.</param>
    internal static NpzFile Open(string path, Stream stream)
    {
        NpzFile? opened = null;
        try
        {
            opened = new NpzFile(path, new ZipArchive(stream, ZipArchiveMode.Read));
            opened.CheckDirectory(stream.Length);
            return opened;
        }
        catch (Exception error)
        {
            opened?.Dispose();
            stream.Dispose();
            if (error is InvalidDataException or IOException or NotSupportedException)
                throw new FileCorruptException(path, default, $"it is no sound archive: {error.Message} Fetch it again, or save it with numpy.savez.", error);
            throw;
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name, such as <c>features</c>.</param>
    /// <exception cref="DataFileException">There is none of that name, or it is damaged.</exception>
    public NpyArray Read(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!entries.TryGetValue(name, out ZipArchiveEntry? entry))
            throw new FileMissingException(path, default, $"it has no array '{name}', but {string.Join(", ", names.Take(10).Select(known => $"'{known}'"))}; choose one of these.");
        using ContentStream content = ContentStream.Open($"{path}/{name}{Suffix}", entry);
        return new NpyArray(content.ReadToEnd());
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private void CheckDirectory(long fileLength)
    {
        long stored = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (names.Count == MaximumEntries)
                throw new FileOversizedException(path, default, $"it has more than {MaximumEntries} arrays; divide it.");
            string name = NameOf(entry);
            if (!entries.TryAdd(name, entry))
                throw new FileCorruptException(path, default, $"it has two arrays '{Quotation.Of(name)}'; save it again with different names.");
            names.Add(name);

            // entries that share bytes would let a small file expand without end
            stored += entry.CompressedLength + EntryOverhead + entry.FullName.Length;
            if (stored > fileLength)
                throw new FileCorruptException(path, default, $"its arrays up to '{Quotation.Of(name)}' claim {stored} bytes, but the file has {fileLength}; fetch it again.");
        }

        if (names.Count == 0)
            throw new FileEmptyException(path, default, "it has no arrays; save some with numpy.savez.");
    }

    private string NameOf(ZipArchiveEntry entry)
    {
        string name = entry.FullName;
        bool isPlain = name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
            && !name.StartsWith('/') && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)
            && !name.Split('/').Contains("..") && !name.Any(char.IsControl);
        if (!isPlain)
            throw new FileUnsupportedException(path, default, $"the entry '{Quotation.Of(name)}' is no plain name that ends in {Suffix}; save arrays alone, with numpy.savez.");
        if (entry.IsEncrypted)
            throw new FileUnsupportedException(path, default, $"the entry '{Quotation.Of(name)}' is encrypted; save it without a password.");
        return name[..^Suffix.Length];
    }
}
