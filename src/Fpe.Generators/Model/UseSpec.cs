using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Model;

/// <summary>The uses of a block by a partial property.</summary>
/// <inheritdoc cref="MemberSpec" path="/param"/>
/// <param name="Block">The name of the block's class.</param>
/// <param name="BlockType">The block's class, fully qualified.</param>
/// <param name="IsRepeated">Whether the property is a list of uses.</param>
/// <param name="Times">The number of uses.</param>
internal sealed record UseSpec(
    string Name, string Modifiers, string FieldName, int First, int Layers, string Block, string BlockType, bool IsRepeated, int Times)
    : MemberSpec(Name, Modifiers, FieldName, First, Layers)
{
    /// <summary>The number of layers of each use.</summary>
    public int LayersEach => Layers / Times;

    /// <summary>The positions of the first layers of the uses.</summary>
    public IEnumerable<int> Starts => Enumerable.Range(0, Times).Select(use => First + (use * LayersEach));
}
