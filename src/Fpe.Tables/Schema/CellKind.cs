namespace Fpe.Tables;

/// <summary>What the values of a column are.</summary>
internal enum CellKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>0 and 1, or false and true.</summary>
    Flag,

    /// <summary>Names of categories or classes.</summary>
    Text,
}
