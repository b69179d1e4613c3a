namespace LoadPipeline;

/// <summary>What the network answers.</summary>
public sealed class DigitAnswer
{
    /// <summary>Gets or sets the digit as a word.</summary>
    public string PredictedLabel { get; set; } = "";

    /// <summary>Gets or sets the probabilities.</summary>
    public float[] Score { get; set; } = [];
}
