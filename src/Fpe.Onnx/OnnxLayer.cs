using System.Globalization;

namespace Fpe.Onnx;

/// <summary>A layer with weights as it stands in an ONNX file.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Form">How its weights are written.</param>
/// <param name="Weights">Weights: those of the model, no more and no fewer.</param>
/// <param name="StoredValues">Numbers written for them: the weights, and the zeros between them.</param>
public sealed record OnnxLayer(string Name, OnnxForm Form, long Weights, long StoredValues)
{
    /// <summary>The layer in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}: {Wording}, {Weights:#,0} weights in {StoredValues:#,0} values");

    private string Wording => Form switch
    {
        OnnxForm.Dense => "dense",
        OnnxForm.DenseWithZeros => "dense with zeros",
        OnnxForm.GatheredBlocks => "gathered blocks",
        _ => throw new InvalidOperationException($"Form is {Form}."),
    };
}
