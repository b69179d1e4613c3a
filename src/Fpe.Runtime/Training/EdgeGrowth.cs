namespace Fpe.Training;

/// <summary>Which edges an exchange adds.</summary>
public enum EdgeGrowth
{
    /// <summary>Those by which the loss changes most: the largest gradients of the batch (RigL).</summary>
    Gradient,

    /// <summary>Any, at random (SET).</summary>
    Random,
}
