namespace Fpe.Training;

/// <summary>Specifies which weights compete when a network is pruned.</summary>
public enum PruningScope
{
    /// <summary>The weights of all <c>Linear</c> layers together.</summary>
    Global,

    /// <summary>
    /// The weights of each layer separately. The number of weights that a layer keeps is proportional to the sum of its inputs and outputs
    /// (Erdős–Rényi densities).
    /// </summary>
    Layer,
}
