namespace Fpe.Data.Text;

/// <summary>Writes tokens, and counts those that do not fit.</summary>
internal ref struct TokenWriter(Span<int> tokens)
{
    private readonly Span<int> tokens = tokens;

    /// <summary>The number of tokens, including those that did not fit.</summary>
    public int Count { get; private set; }

    public void Add(int token)
    {
        if (Count < tokens.Length)
            tokens[Count] = token;
        Count = checked(Count + 1);
    }
}
