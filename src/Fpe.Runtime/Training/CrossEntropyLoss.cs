using Fpe.Compute;
using Fpe.Data;
using static System.FormattableString;

namespace Fpe.Training;

/// <summary>A cross-entropy with optional label smoothing and focus.</summary>
public abstract class CrossEntropyLoss : Loss
{
    private protected CrossEntropyLoss()
    {
    }

    /// <summary>
    /// Gets the part ε of each target that is spread evenly (Szegedy et al., 2016), as in PyTorch and Keras: over the classes, or over 0 and 1
    /// for each output of sigmoid cross-entropy. At least 0, which means none, and less than 1.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Gets the exponent γ of the focal loss (Lin et al., 2017): the term of a target with probability p is multiplied by (1 − p)^γ, so that
    /// samples that are already predicted well count less. At least 0, which is plain cross-entropy; usually 2.
    /// </summary>
    public double FocalGamma { get; init; }

    /// <inheritdoc/>
    public sealed override string Name => PlainName
        + (LabelSmoothing == 0 ? "" : Invariant($", label smoothing {LabelSmoothing}")) + (FocalGamma == 0 ? "" : Invariant($", focal gamma {FocalGamma}"));

    private protected abstract string PlainName { get; }

    /// <inheritdoc/>
    protected internal sealed override bool TakesWeights => true;

    internal sealed override bool NeedsWeights => LabelSmoothing != 0 || FocalGamma != 0;

    /// <inheritdoc/>
    protected internal sealed override void Validate()
    {
        TrainingOptionsException.Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "at least 0 and less than 1");
        TrainingOptionsException.Require(double.IsFinite(FocalGamma) && FocalGamma >= 0, nameof(FocalGamma), FocalGamma, "at least 0");
    }

    /// <summary>Returns the constants of a mean over a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="termsPerSample">The number of terms of a sample that are averaged.</param>
    private protected LossConstants ConstantsOf(Batch batch, int termsPerSample) => new(ScaleOf(batch, termsPerSample), LabelSmoothing, FocalGamma);
}
