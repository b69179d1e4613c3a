namespace Fpe.Data.Text;

/// <summary>What becomes of words that are not in a vocabulary.</summary>
public enum UnknownWords
{
    /// <summary>All of them have one token of their own, the last one.</summary>
    OwnToken,

    /// <summary>They are left out.</summary>
    LeaveOut,
}
