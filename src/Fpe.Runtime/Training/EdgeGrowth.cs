namespace Fpe.Training;

/// <summary>Specifies which edges an exchange adds.</summary>
public enum EdgeGrowth
{
    /// <summary>The edges that affect the loss most: those with the largest gradients in the batch (RigL).</summary>
    Gradient,

    /// <summary>Random edges (SET).</summary>
    Random,
}
