using System.Globalization;

namespace Fpe.Onnx;

/// <summary>A layer with weights in an ONNX file.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Form">How its weights are written.</param>
/// <param name="Weights">The number of weights, which equals that of the model.</param>
/// <param name="StoredValues">The number of stored values: the weights and the zeros between them.</param>
public sealed record OnnxLayer(string Name, OnnxForm Form, long Weights, long StoredValues)
{
    /// <summary>Returns the layer as one line of text.</summary>
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
