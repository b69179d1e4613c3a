using static System.FormattableString;

namespace Fpe.Data;

/// <summary>The samples of tokens that have been added so far.</summary>
internal sealed class TokenRowsBuilder
{
    private readonly string name;
    private readonly int places;
    private readonly int vocabulary;
    private readonly TooLong tooLong;
    private readonly List<float> tokens = [];
    private readonly List<int> starts = [0];
    private int cut;

    /// <exception cref="DatasetException">An argument is out of range.</exception>
    public TokenRowsBuilder(string name, int places, int vocabulary, TooLong tooLong)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        CheckSizes(name, places, vocabulary, tooLong);
        this.name = name;
        this.places = places;
        this.vocabulary = vocabulary;
        this.tooLong = tooLong;
    }

    /// <summary>Checks the arguments of samples of tokens.</summary>
    /// <exception cref="DatasetException">An argument is out of range.</exception>
    public static void CheckSizes(string name, int places, int vocabulary, TooLong tooLong)
    {
        DatasetException.RequirePositive(name, "the number of places", places);
        CheckVocabulary(name, vocabulary);
        if (!Enum.IsDefined(tooLong))
            throw new DatasetException(name, Invariant($"{nameof(TooLong)} {(int)tooLong} is not valid; pass {nameof(TooLong.Refuse)} or {nameof(TooLong.Cut)}."));
    }

    /// <summary>Checks the number of different tokens.</summary>
    /// <exception cref="DatasetException">It is out of range.</exception>
    public static void CheckVocabulary(string name, int vocabulary)
    {
        if (vocabulary is < 1 or > TokenRows.MaximumVocabulary)
            throw new DatasetException(name, Invariant($"a vocabulary of {vocabulary} tokens is not valid; it must be from 1 to {TokenRows.MaximumVocabulary}."));
    }

    /// <summary>Adds a sample.</summary>
    /// <exception cref="DatasetException">It is empty or too long, or a token is outside the vocabulary.</exception>
    public void Add(ReadOnlySpan<int> sample) => Add(sample, sample.Length);

    /// <summary>Adds a sample of which only the first tokens are known.</summary>
    /// <param name="sample">Its tokens, at least as many as there are places, or all of them.</param>
    /// <param name="total">The number of all of its tokens.</param>
    /// <exception cref="DatasetException">It is empty or too long, or a token is outside the vocabulary.</exception>
    public void Add(ReadOnlySpan<int> sample, int total)
    {
        int number = starts.Count - 1;
        if (total == 0)
            throw new DatasetException(name, Invariant($"sample {number} has no tokens; pass at least one, or remove the sample."));
        if (total > places && tooLong == TooLong.Refuse)
            throw new DatasetException(name, Invariant($"sample {number} has {total} tokens, but there are {places} places; use more places, or cut samples with TooLong.Cut."));
        for (int t = 0; t < sample.Length; t++)
        {
            if ((uint)sample[t] >= (uint)vocabulary)
                throw new DatasetException(name, Invariant($"token {t} of sample {number} is {sample[t]}, but the {vocabulary} tokens of the vocabulary are 0 to {vocabulary - 1}; correct the token or the vocabulary."));
        }

        Append(sample[..Math.Min(sample.Length, places)], number);
        cut += total > places ? 1 : 0;
    }

    /// <summary>Returns all samples.</summary>
    public TokenRows ToRows() => new(places, vocabulary, [.. tokens], [.. starts], cut);

    private void Append(ReadOnlySpan<int> sample, int number)
    {
        if (tokens.Count > Array.MaxLength - sample.Length)
            throw new DatasetException(name, Invariant($"the tokens up to sample {number} exceed the {Array.MaxLength} that fit into memory; divide the data."));
        foreach (int token in sample)
            tokens.Add(token);
        starts.Add(tokens.Count);
    }
}
