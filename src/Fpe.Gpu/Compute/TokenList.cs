namespace Fpe.Gpu.Compute;

/// <summary>The distinct tokens of a batch, and where each of them stands.</summary>
internal sealed class TokenList
{
    /// <param name="tokens">[batch, places].</param>
    /// <param name="places">Tokens of a sample.</param>
    /// <param name="gradientPlaces">Places of the gradient: those of the tokens, or 1 if they were added up.</param>
    /// <param name="isMean">Whether the sum was divided by the number of tokens of the sample.</param>
    /// <param name="stride">Elements from one feature of the gradient to the next.</param>
    /// <param name="capacity">Most distinct tokens.</param>
    public TokenList(float[] tokens, int places, int gradientPlaces, bool isMean, int stride, int capacity)
    {
        Rows = new int[capacity];
        Array.Fill(Rows, -1);
        var found = new Dictionary<int, List<(int Element, float Share)>>();
        for (int t = 0; t < tokens.Length; t++)
        {
            if (tokens[t] < 0)
                continue;
            int token = (int)tokens[t], sample = t / places;
            if (!found.TryGetValue(token, out List<(int Element, float Share)>? uses))
            {
                Rows[found.Count] = token;
                found[token] = uses = [];
            }

            int count = isMean ? tokens.AsSpan(sample * places, places).ToArray().Count(other => !(other < 0)) : 1;
            uses.Add(((t % places % gradientPlaces * stride) + sample, 1f / count));
        }

        Starts = new int[capacity + 1];
        for (int r = 0; r < capacity; r++)
            Starts[r + 1] = Starts[r] + (r < found.Count ? found[Rows[r]].Count : 0);
        (int Element, float Share)[] all = [.. Rows.Take(found.Count).SelectMany(row => found[row])];
        Elements = Array.ConvertAll(all, use => use.Element);
        Shares = Array.ConvertAll(all, use => use.Share);
    }

    /// <summary>The distinct tokens in the order of their first appearance, then −1.</summary>
    public int[] Rows { get; }

    /// <summary>Where the uses of each distinct token start.</summary>
    public int[] Starts { get; }

    /// <summary>The element of the gradient that belongs to each use, for unit 0.</summary>
    public int[] Elements { get; }

    /// <summary>What the gradient of each use is multiplied by.</summary>
    public float[] Shares { get; }
}
