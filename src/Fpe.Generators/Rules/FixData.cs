namespace Fpe.Generators.Rules;

/// <summary>Keys and values of what findings tell the code fixes.</summary>
internal static class FixData
{
    /// <summary>Key: the largest factor that fits.</summary>
    public const string LargestFactor = nameof(LargestFactor);

    /// <summary>Key: what to remove at the squiggle, <see cref="Argument"/> or <see cref="Attribute"/>.</summary>
    public const string Remove = nameof(Remove);

    public const string Argument = nameof(Argument);

    public const string Attribute = nameof(Attribute);
}
