using static System.FormattableString;

namespace Fpe.Data.Text;

/// <summary>The sizes of n-grams: sequences of characters or of words.</summary>
/// <param name="From">The smallest number of characters or words; at least 1.</param>
/// <param name="To">The largest; at most <see cref="Maximum"/>.</param>
public readonly record struct GramSizes(int From, int To)
{
    /// <summary>The largest size.</summary>
    public const int Maximum = 32;

    /// <exception cref="DatasetException">The sizes are out of range.</exception>
    internal void Check(string name, string of)
    {
        if (From < 1 || To < From || To > Maximum)
            throw new DatasetException(name, Invariant($"n-grams of {From} to {To} {of} are not possible; use sizes from 1 to {Maximum}, the smaller one first."));
    }
}
