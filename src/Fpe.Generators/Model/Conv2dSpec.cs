using Fpe.Counting;

namespace Fpe.Generators.Model;

/// <summary>A convolution; it has as many filters as its output has channels.</summary>
internal sealed record Conv2dSpec(
    string Name, string Modifiers, string FieldName, ImageShape Input, ImageShape Output, int Kernel, int Stride, int Padding,
    ActivationFunction Activation)
    : WeightedLayerSpec(Name, Modifiers, FieldName, Activation)
{
    /// <inheritdoc/>
    public override LayerSize Size => LayerSize.OfConvolution(Input.Channels, Kernel, Output.Channels);
}
