using System.Security.Cryptography;
using System.Text;
using Fpe.Files;
using Microsoft.Win32.SafeHandles;

namespace Fpe.Extensions.AI;

/// <summary>
/// The embeddings of one generator in a folder: files of entries that are written once and never changed, so that several processes can use
/// the folder at the same time. Only the places of entries are kept in memory.
/// </summary>
internal sealed class EmbeddingFolder
{
    private const int NameLength = 32;

    private readonly string path;
    private readonly Lock access = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<TextKey, Place> places = [];

    /// <param name="folder">The folder of all generators.</param>
    /// <param name="generator">The identity of the generator.</param>
    /// <exception cref="FileAccessException">The folder cannot be created.</exception>
    public EmbeddingFolder(string folder, string generator)
    {
        path = Path.Combine(folder, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(generator)))[..16]);
        Use(() => Directory.CreateDirectory(path));
    }

    /// <summary>The number of damaged entries, or files, that were found.</summary>
    public long DamagedCount { get; private set; }

    /// <summary>Returns the embeddings that the folder has.</summary>
    /// <exception cref="FileAccessException">A file cannot be read.</exception>
    public Dictionary<TextKey, float[]> Find(IReadOnlyCollection<TextKey> keys)
    {
        lock (access)
        {
            if (!keys.All(places.ContainsKey))
                ReadNewFiles();
            var found = new Dictionary<TextKey, float[]>();
            foreach (IGrouping<string, TextKey> file in keys.Distinct().Where(places.ContainsKey).ToArray().GroupBy(key => places[key].File))
                Read(file.Key, file, found);
            return found;
        }
    }

    /// <summary>Adds embeddings.</summary>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public void Add(IReadOnlyList<(TextKey Key, float[] Vector)> entries)
    {
        byte[] content = EmbeddingFile.Write(entries);
        string file = Path.Combine(path, Hex(SHA256.HashData(content))[..NameLength] + EmbeddingFile.Extension);
        AtomicFile.Write(file, stream => stream.Write(content));
        lock (access)
            Index(file, content);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private void ReadNewFiles()
    {
        foreach (string file in Use(() => Directory.GetFiles(path, "*" + EmbeddingFile.Extension)).Where(file => !seen.Contains(file)).Order(StringComparer.Ordinal))
        {
            using FileStream stream = ReadableFile.OpenStream(file);
            var content = new byte[stream.Length];
            Use(() => stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false));
            Index(file, content);
        }
    }

    /// <summary>Records the places of the entries of a file that are whole.</summary>
    private void Index(string file, ReadOnlySpan<byte> content)
    {
        seen.Add(file);
        if (EmbeddingFile.ReadWidth(content) is not { } width)
        {
            DamagedCount++;
            return;
        }

        int length = EmbeddingFile.EntryLength(width);
        for (int offset = EmbeddingFile.Start; offset < content.Length; offset += length)
        {
            if (content.Length - offset >= length && EmbeddingFile.ReadEntry(content.Slice(offset, length)) is { } entry)
                places.TryAdd(entry.Key, new Place(file, offset, length));
            else
                DamagedCount++;
        }
    }

    /// <summary>Reads entries of a file; what was damaged or lost since it was indexed has no place any more.</summary>
    private void Read(string file, IEnumerable<TextKey> keys, Dictionary<TextKey, float[]> found)
    {
        if (!File.Exists(file))
        {
            foreach (TextKey key in keys)
                places.Remove(key);
            return;
        }

        using FileStream stream = ReadableFile.OpenStream(file);
        SafeFileHandle handle = stream.SafeFileHandle;
        foreach (TextKey key in keys)
        {
            Place place = places[key];
            var bytes = new byte[place.Length];
            int read = Use(() => RandomAccess.Read(handle, bytes, place.Offset));
            if (read == bytes.Length && EmbeddingFile.ReadEntry(bytes) is { } entry && entry.Key == key)
            {
                found.Add(key, entry.Vector);
                continue;
            }

            places.Remove(key);
            DamagedCount++;
        }
    }

    private T Use<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw FileAccessException.Using(path, error);
        }
    }

    private readonly record struct Place(string File, int Offset, int Length);
}
