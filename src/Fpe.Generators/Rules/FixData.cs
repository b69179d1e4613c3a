namespace Fpe.Generators.Rules;

/// <summary>Keys and values of what findings tell the code fixes.</summary>
internal static class FixData
{
    /// <summary>Key: the largest number that fits in place of the one at the squiggle.</summary>
    public const string Largest = nameof(Largest);

    /// <summary>Key: what to remove at the squiggle, <see cref="Argument"/> or <see cref="Attribute"/>.</summary>
    public const string Remove = nameof(Remove);

    public const string Argument = nameof(Argument);

    public const string Attribute = nameof(Attribute);
}
