namespace Fpe.Data;

/// <summary>
/// Samples of tokens in memory: each has at least one token, and at most as many as there are places. Only tokens that exist take memory:
/// the row of a sample, its tokens and −1 at every empty place behind the last of them, is written when it is read.
/// </summary>
/// <remarks>Tokens are numbers from 0, small enough to be exact in single precision.</remarks>
public sealed class TokenRows : IRowSource
{
    /// <summary>The largest number of different tokens; all of them are exact in single precision.</summary>
    public const int MaximumVocabulary = 1 << 24;

    /// <summary>What a row has at a place without a token.</summary>
    internal const float Empty = -1;

    private readonly float[] tokens;
    private readonly int[] starts;

    /// <param name="places">The maximum number of tokens per sample.</param>
    /// <param name="vocabulary">The number of different tokens.</param>
    /// <param name="tokens">The tokens of all samples, one sample after the other.</param>
    /// <param name="starts">The first token of each sample, and the end of the last one.</param>
    /// <param name="cutSamples">The number of samples that were cut.</param>
    internal TokenRows(int places, int vocabulary, float[] tokens, int[] starts, int cutSamples)
    {
        Vocabulary = vocabulary;
        Places = places;
        CutSamples = cutSamples;
        this.tokens = tokens;
        this.starts = starts;
    }

    /// <summary>Gets the number of samples.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Gets the maximum number of tokens per sample.</summary>
    public int Places { get; }

    /// <summary>Gets the number of different tokens, which are 0 to <see cref="Vocabulary"/> − 1.</summary>
    public int Vocabulary { get; }

    /// <summary>Gets the number of tokens of all samples.</summary>
    public int TokenCount => tokens.Length;

    /// <summary>Gets the number of samples that had more tokens than places and were cut; 0 unless <see cref="TooLong.Cut"/> was asked for.</summary>
    public int CutSamples { get; }

    /// <summary>Gets the number of values per row, which is the number of places.</summary>
    public int FeatureCount => Places;

    IReadOnlyList<FeaturePart> IRowSource.Parts => [new(0, Places, Vocabulary)];

    bool IRowSource.IsInMemory => true;

    /// <summary>Creates samples of tokens.</summary>
    /// <param name="name">The name for messages.</param>
    /// <param name="places">The maximum number of tokens per sample; at least 1.</param>
    /// <param name="vocabulary">The number of different tokens; from 1 to <see cref="MaximumVocabulary"/>.</param>
    /// <param name="samples">The tokens of each sample, at least one, from 0 to <paramref name="vocabulary"/> − 1. They are copied.</param>
    /// <param name="tooLong">What is done with a sample that has more tokens than there are places.</param>
    /// <exception cref="DatasetException">
    /// An argument is out of range, a sample is empty or too long, or a token is outside the vocabulary.
    /// </exception>
    public static TokenRows Of(string name, int places, int vocabulary, IReadOnlyList<int[]> samples, TooLong tooLong = TooLong.Refuse)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var rows = new TokenRowsBuilder(name, places, vocabulary, tooLong);
        for (int s = 0; s < samples.Count; s++)
            rows.Add(samples[s] ?? throw new DatasetException(name, $"sample {s} is null; pass its tokens."));
        return rows.ToRows();
    }

    /// <summary>Creates samples of one token each, such as a column of categories.</summary>
    /// <param name="name">The name for messages.</param>
    /// <param name="vocabulary">The number of different tokens; from 1 to <see cref="MaximumVocabulary"/>.</param>
    /// <param name="tokens">The token of each sample, from 0 to <paramref name="vocabulary"/> − 1. They are copied.</param>
    /// <exception cref="DatasetException">An argument is out of range, or a token is outside the vocabulary.</exception>
    public static TokenRows OfCategories(string name, int vocabulary, ReadOnlySpan<int> tokens)
    {
        var rows = new TokenRowsBuilder(name, places: 1, vocabulary, TooLong.Refuse);
        for (int s = 0; s < tokens.Length; s++)
            rows.Add(tokens.Slice(s, 1));
        return rows.ToRows();
    }

    /// <inheritdoc/>
    public void Read(int row, Span<float> values)
    {
        ReadOnlySpan<float> sample = tokens.AsSpan(starts[row]..starts[row + 1]);
        sample.CopyTo(values);
        values[sample.Length..Places].Fill(Empty);
    }
}
