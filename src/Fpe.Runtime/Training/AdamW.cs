namespace Fpe.Training;

/// <summary>
/// Adam with weight decay applied to the weight itself (Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019).
/// </summary>
public sealed record AdamW : Adam
{
    /// <summary>Creates the optimizer settings.</summary>
    /// <param name="learningRate">The learning rate η, before the schedule is applied; greater than 0.</param>
    public AdamW(double learningRate = 1e-3)
        : base(learningRate) => WeightDecay = 0.01;

    private protected override bool DecouplesWeightDecay => true;
}
