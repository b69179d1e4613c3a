using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property without neurons of its own: the units of what it reads are those of what it computes.</summary>
internal abstract class PassingLayer(LayerProperty property) : DeclaredLayer(property)
{
    /// <inheritdoc/>
    protected override Shape? OutputOf(Findings findings) => Input;

    /// <inheritdoc/>
    protected override IEnumerable<ValuePart> PartsOfOutput() => Sources.Count > 0 ? PartsOfInput(0) : [];

    /// <inheritdoc/>
    protected sealed override IEnumerable<ExpandableLayer> OriginsOfOutput() => Sources.SelectMany(source => source?.Origins ?? []);
}
