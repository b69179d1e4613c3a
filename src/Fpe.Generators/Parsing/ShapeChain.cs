using Fpe.Generators.Declarations;

namespace Fpe.Generators.Parsing;

/// <summary>Chains the shapes of the layers, from the samples on.</summary>
internal static class ShapeChain
{
    /// <summary>Fills in what the layers read and compute. After an error the shape is not known, and nothing follows from it.</summary>
    public static void Connect(DeclaredModel model, Findings findings)
    {
        DeclaredLayer? below = null;
        foreach (DeclaredLayer layer in model.Layers)
        {
            layer.Connect(below, below is null ? model.Sample : below.Output, findings);
            below = layer;
        }
    }
}
