using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Stochastic gradient descent, with momentum where wanted, as PyTorch defines it.</summary>
public sealed record Sgd : Optimizer
{
    /// <summary>Creates the settings.</summary>
    /// <param name="learningRate">Learning rate η, before the schedule; above 0.</param>
    public Sgd(double learningRate)
        : base(learningRate)
    {
    }

    /// <summary>Decay μ of the velocity; from 0, no momentum, to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the step looks ahead along the velocity; needs momentum.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    protected internal override int BuffersPerParameter => Momentum > 0 ? 1 : 0;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        TrainingOptionsException.Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "from 0 to below 1");
        TrainingOptionsException.Require(!Nesterov || Momentum > 0, nameof(Momentum), Momentum, "above 0 where Nesterov is set");
    }

    /// <inheritdoc/>
    protected internal override void Update(IKernels kernels, Parameter parameter, DeviceBuffer[] state, double learningRate, long step)
    {
        double decay = parameter.IsWeight ? WeightDecay : 0;
        DeviceBuffer? velocity = state.Length == 0 ? null : state[0];
        kernels.SgdStep(parameter.Value, parameter.Gradient, velocity, new SgdConstants(learningRate, Momentum, Nesterov, decay));
    }
}
