using System.Text;

namespace Fpe.Data.Text;

/// <summary>
/// The hashes of all n-grams that end at the present symbol, which is a character or a word. Each is the hash of the n-gram without its last
/// symbol, to which the bytes of that symbol are added; so a text is read once.
/// </summary>
/// <param name="sizes">The sizes of the n-grams that become tokens.</param>
/// <param name="hashes">Memory for <see cref="GramSizes.To"/> hashes; if it is empty, nothing becomes a token.</param>
/// <param name="vocabulary">The number of different tokens.</param>
internal ref struct GramHashes(GramSizes sizes, Span<ulong> hashes, int vocabulary)
{
    // Element n − 1 is the hash of the last n symbols.
    private readonly Span<ulong> hashes = hashes;
    private int longest;

    /// <summary>Forgets all symbols: no later n-gram contains them.</summary>
    public void Clear() => longest = 0;

    /// <summary>Adds a symbol of one byte, and writes the n-grams that end with it, the longest first.</summary>
    public void Add(byte symbol, ref TokenWriter tokens) => Add(symbol, sizes.From, ref tokens);

    /// <summary>Adds a mark, which is no n-gram by itself, as <see cref="Add(byte, ref TokenWriter)"/> does.</summary>
    public void AddMark(byte mark, ref TokenWriter tokens) => Add(mark, Math.Max(sizes.From, 2), ref tokens);

    /// <summary>Begins a symbol of several bytes.</summary>
    public void Begin()
    {
        longest = Math.Min(longest + 1, hashes.Length);
        for (int n = longest; n > 0; n--)
            hashes[n - 1] = HashBefore(n);
    }

    /// <summary>Adds a byte to the symbol that was begun.</summary>
    public readonly void Append(byte value)
    {
        foreach (ref ulong hash in hashes[..longest])
            hash = StableHash.Add(hash, value);
    }

    /// <summary>Adds a character to the symbol that was begun.</summary>
    public readonly void Append(Rune character)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (byte value in utf8[..character.EncodeToUtf8(utf8)])
            Append(value);
    }

    /// <summary>Ends the symbol that was begun, and writes the n-grams that end with it, the longest first.</summary>
    public readonly void End(ref TokenWriter tokens)
    {
        for (int n = longest; n >= sizes.From; n--)
            tokens.Add(StableHash.Below(hashes[n - 1], vocabulary));
    }

    private void Add(byte symbol, int smallest, ref TokenWriter tokens)
    {
        longest = Math.Min(longest + 1, hashes.Length);
        for (int n = longest; n > 0; n--)
        {
            ulong hash = StableHash.Add(HashBefore(n), symbol);
            hashes[n - 1] = hash;
            if (n >= smallest)
                tokens.Add(StableHash.Below(hash, vocabulary));
        }
    }

    private readonly ulong HashBefore(int size) => size == 1 ? StableHash.Start : hashes[size - 2];
}
