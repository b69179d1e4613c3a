using Fpe.Counting;

namespace Fpe.Generators.Parsing;

/// <summary>A layer property with weights.</summary>
internal interface IDeclaredWeights
{
    string Name { get; }

    /// <summary>The attribute that makes the property a layer.</summary>
    DeclaredAttribute Attribute { get; }

    /// <summary>The argument that sets how many outputs there are.</summary>
    string SizeArgument { get; }

    /// <summary>How to have fewer weights.</summary>
    string Remedy { get; }

    /// <summary>Weights in the dense parent, however many.</summary>
    decimal Weights { get; }

    /// <summary>What the counting rules need to know, once the weights are known to fit.</summary>
    LayerSize Size { get; }
}
