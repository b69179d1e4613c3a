using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Stochastic gradient descent with optional momentum, as defined by PyTorch.</summary>
/// <remarks>A step updates only those rows of a table of tokens, and their velocity, that its batch reads.</remarks>
public sealed record Sgd : Optimizer
{
    /// <summary>Creates the optimizer settings.</summary>
    /// <param name="learningRate">The learning rate η, before the schedule is applied; greater than 0.</param>
    public Sgd(double learningRate)
        : base(learningRate)
    {
    }

    /// <summary>Gets the decay μ of the velocity; at least 0, which means no momentum, and less than 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Gets whether the step looks ahead along the velocity; requires momentum.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    protected internal override int BuffersPerParameter => Momentum > 0 ? 1 : 0;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        TrainingOptionsException.Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and less than 1");
        TrainingOptionsException.Require(!Nesterov || Momentum > 0, nameof(Momentum), Momentum, "greater than 0 if Nesterov is set");
    }

    /// <inheritdoc/>
    protected internal override void Update(IKernels kernels, Parameter parameter, DeviceBuffer[] state, double learningRate, long step)
    {
        SgdConstants constants = Constants(parameter.IsWeight ? WeightDecay : 0, learningRate);
        DeviceBuffer? velocity = state.Length == 0 ? null : state[0];
        if (parameter.GradientRows is { } rows)
            kernels.SgdStepRows(rows, parameter.Value, parameter.Gradient, velocity, constants);
        else
            kernels.SgdStep(parameter.Value, parameter.Gradient, velocity, constants);
    }

    internal override bool UpdatesTogether => true;

    internal override bool TryUpdateTogether(IKernels kernels, ReadOnlySpan<ParameterUpdate> parameters, double learningRate, long step)
    {
        kernels.SgdSteps(parameters, Constants(WeightDecay, learningRate));
        return true;
    }

    private SgdConstants Constants(double decay, double learningRate) => new(learningRate, Momentum, Nesterov, decay);
}
