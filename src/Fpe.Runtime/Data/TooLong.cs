namespace Fpe.Data;

/// <summary>What is done with a sample that has more tokens than there are places.</summary>
public enum TooLong
{
    /// <summary>It is an error.</summary>
    Refuse,

    /// <summary>Its first tokens are kept; <see cref="TokenRows.CutSamples"/> says how many samples were cut.</summary>
    Cut,
}
