using Fpe.Counting;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property with weights.</summary>
internal abstract class WeightedLayer(LayerProperty property) : DeclaredLayer(property)
{
    /// <summary>The argument that sets how many units there are, named after them.</summary>
    public abstract string SizeArgument { get; }

    /// <summary>How to have fewer weights.</summary>
    public abstract string Remedy { get; }

    /// <summary>Weights in the dense parent, however many.</summary>
    public abstract decimal Weights { get; }

    /// <summary>What the counting rules need to know, once the weights are known to fit.</summary>
    public abstract LayerSize Size { get; }
}
