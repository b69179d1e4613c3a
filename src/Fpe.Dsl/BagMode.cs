namespace Fpe;

/// <summary>Specifies what <see cref="EmbeddingBagAttribute"/> makes of the rows of a sample's tokens.</summary>
public enum BagMode
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
