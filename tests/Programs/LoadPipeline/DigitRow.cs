using Microsoft.ML.Data;

namespace LoadPipeline;

/// <summary>A digit and what is written there.</summary>
public sealed class DigitRow
{
    /// <summary>Gets or sets the grey values.</summary>
    [VectorType(64)]
    public float[] Features { get; set; } = [];

    /// <summary>Gets or sets the digit as a word.</summary>
    public string Label { get; set; } = "";
}
