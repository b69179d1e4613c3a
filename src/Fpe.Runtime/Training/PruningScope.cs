namespace Fpe.Training;

/// <summary>Which weights compete when a network is pruned.</summary>
public enum PruningScope
{
    /// <summary>Those of all <c>Linear</c> layers together.</summary>
    Global,

    /// <summary>
    /// Those of each layer among themselves; a layer ends with as many as its inputs and outputs together, times a number that is the
    /// same for all (Erdős–Rényi densities).
    /// </summary>
    Layer,
}
