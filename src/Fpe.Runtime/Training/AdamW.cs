namespace Fpe.Training;

/// <summary>Adam with weight decay on the weight itself (Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019).</summary>
public sealed record AdamW : Adam
{
    /// <summary>Creates the settings.</summary>
    /// <param name="learningRate">Learning rate η, before the schedule; above 0.</param>
    public AdamW(double learningRate = 1e-3)
        : base(learningRate) => WeightDecay = 0.01;

    private protected override bool DecouplesWeightDecay => true;
}
