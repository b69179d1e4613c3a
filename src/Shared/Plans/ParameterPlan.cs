using System.Collections.Generic;
using System.Linq;

namespace Fpe;

/// <summary>Numbers that a layer has, as its plan declares them. Counts, files and summaries follow from these.</summary>
/// <param name="Name">Name within the layer, such as <c>weight</c>.</param>
/// <param name="Role">What they are to the layer.</param>
/// <param name="Shape">
/// Sizes in the dense parent. If the role follows the width of the value that the layer reads, one size: the units of that value.
/// </param>
public sealed record ParameterPlan(string Name, ParameterRole Role, params IReadOnlyList<int> Shape)
{
    /// <summary>Elements in the dense parent.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
