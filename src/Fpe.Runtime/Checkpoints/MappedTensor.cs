namespace Fpe.Checkpoints;

/// <summary>A tensor of a file and the parameter that it becomes.</summary>
/// <param name="Tensor">The name of the tensor; null if the parameter becomes 0.</param>
/// <param name="Shape">The shape of the tensor, or of the parameter if there is no tensor.</param>
/// <param name="Parameter">The name of the parameter, such as <c>hidden.weight</c>; null if the tensor is left out.</param>
/// <param name="Reason">Why they belong together.</param>
public sealed record MappedTensor(string? Tensor, IReadOnlyList<long> Shape, string? Parameter, MappingReason Reason)
{
    /// <summary>The reason as text.</summary>
    internal string ReasonText => Reason switch
    {
        MappingReason.Map when Parameter is not null => "by the map",
        MappingReason.Name => "by name",
        MappingReason.Shape => "by shape",
        MappingReason.Order => "by shape and order",
        MappingReason.Zero => "the module has no bias",
        _ when Tensor is not null && TensorModule.IsCounter(Tensor) => "counts batches",
        _ => "by the map",
    };
}
