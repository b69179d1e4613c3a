using System.Collections.Generic;
using System.Linq;

namespace Fpe;

/// <summary>A parameter of a layer, as declared by its plan. Counts, files and summaries are derived from these.</summary>
/// <param name="Name">The name within the layer, such as <c>weight</c>.</param>
/// <param name="Role">The role of the parameter in the layer.</param>
/// <param name="Shape">
/// The sizes in the dense parent. If the role follows the width of the value that the layer reads, there is one size: the number of units
/// of that value.
/// </param>
public sealed record ParameterPlan(string Name, ParameterRole Role, params IReadOnlyList<int> Shape)
{
    /// <summary>Gets the number of elements in the dense parent.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
