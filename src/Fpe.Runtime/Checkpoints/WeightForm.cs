namespace Fpe.Checkpoints;

/// <summary>Specifies how the weights of expanded layers are stored.</summary>
public enum WeightForm
{
    /// <summary>
    /// Only existing weights are stored, row by row, as <c>hidden.weight_values</c>: apart from index data, the file is no larger than the
    /// dense parent's.
    /// </summary>
    Sparse,

    /// <summary>Matrices [out, in] with zeros for edges that do not exist, as <c>hidden.weight</c>, for other tools.</summary>
    Dense,
}
