namespace Fpe.Checkpoints;

/// <summary>How the weights of expanded layers are stored.</summary>
public enum WeightForm
{
    /// <summary>The weights that exist, row by row, as <c>hidden.weight_values</c>: a file no larger than the dense parent's, but for index data.</summary>
    Sparse,

    /// <summary>Matrices [out, in] with zeros where there is no edge, as <c>hidden.weight</c>, for other tools.</summary>
    Dense,
}
