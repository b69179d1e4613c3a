namespace Samples.Paper.Experiments;

/// <summary>
/// Texts as bags of hashed words (Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009): each word adds
/// 1 or −1 to one of a fixed number of features, and the features of a text are scaled to length 1. A word is a run of letters and digits
/// in lower case; its hash is FNV-1a of 64 bits over its UTF-16 units, whose lowest bit is the sign.
/// </summary>
internal static class HashedWords
{
    /// <summary>Features of a text.</summary>
    public const int FeatureCount = 384;

    /// <summary>Name of the features: part of the key of a run.</summary>
    public const string Name = "hashed-words";

    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Computes the features of a text; all 0 if it has no words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="features">Receives <see cref="FeatureCount"/> values.</param>
    public static void Write(string text, Span<float> features)
    {
        features.Clear();
        ulong hash = Basis;
        foreach (char unit in text + ' ')
        {
            if (char.IsLetterOrDigit(unit))
            {
                hash = (hash ^ char.ToLowerInvariant(unit)) * Prime;
            }
            else if (hash != Basis)
            {
                features[(int)((hash >> 1) % FeatureCount)] += (hash & 1) == 0 ? 1 : -1;
                hash = Basis;
            }
        }

        float squares = 0;
        foreach (float feature in features)
            squares += feature * feature;
        if (squares == 0)
            return;
        foreach (ref float feature in features)
            feature /= MathF.Sqrt(squares);
    }
}
