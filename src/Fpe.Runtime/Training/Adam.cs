using Fpe.Compute;

namespace Fpe.Training;

/// <summary>
/// Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015), with weight decay added to the gradient;
/// <see cref="AdamW"/> decays the weight itself.
/// </summary>
/// <remarks>
/// It is lazy about tables of tokens: a step updates the rows that its batch reads, and their moments, corrected for the
/// number of all steps so far; other rows and their moments do not change. PyTorch's SparseAdam does the same.
/// </remarks>
public record Adam : Optimizer
{
    /// <summary>Creates the optimizer settings.</summary>
    /// <param name="learningRate">The learning rate η, before the schedule is applied; greater than 0.</param>
    public Adam(double learningRate = 1e-3)
        : base(learningRate)
    {
    }

    /// <summary>Gets the decay β₁ of the first moment; at least 0 and less than 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Gets the decay β₂ of the second moment; at least 0 and less than 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Gets ε, which is added to the root of the second moment; greater than 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    protected internal override int BuffersPerParameter => 2;

    private protected virtual bool DecouplesWeightDecay => false;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        TrainingOptionsException.Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "at least 0 and less than 1");
        TrainingOptionsException.Require(Beta2 is >= 0 and < 1, nameof(Beta2), Beta2, "at least 0 and less than 1");
        TrainingOptionsException.Require(double.IsFinite(Epsilon) && Epsilon > 0, nameof(Epsilon), Epsilon, "greater than 0");
    }

    /// <inheritdoc/>
    protected internal sealed override void Update(IKernels kernels, Parameter parameter, DeviceBuffer[] state, double learningRate, long step)
    {
        AdamConstants constants = Constants(parameter.IsWeight ? WeightDecay : 0, learningRate, step);
        if (parameter.GradientRows is { } rows)
            kernels.AdamStepRows(rows, parameter.Value, parameter.Gradient, state[0], state[1], constants);
        else
            kernels.AdamStep(parameter.Value, parameter.Gradient, state[0], state[1], constants);
    }

    internal sealed override bool UpdatesTogether => true;

    internal sealed override bool TryUpdateTogether(IKernels kernels, ReadOnlySpan<ParameterUpdate> parameters, double learningRate, long step)
    {
        kernels.AdamSteps(parameters, Constants(WeightDecay, learningRate, step));
        return true;
    }

    private AdamConstants Constants(double decay, double learningRate, long step) =>
        new(learningRate, Beta1, Beta2, Epsilon, decay, DecouplesWeightDecay, step);
}
