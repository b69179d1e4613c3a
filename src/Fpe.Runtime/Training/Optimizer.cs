using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Optimizer settings. They hold no state, so one instance can be shared between training runs.</summary>
public abstract record Optimizer
{
    /// <summary>Initialises the settings.</summary>
    /// <param name="learningRate">The learning rate η, before the schedule is applied; greater than 0.</param>
    protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>Gets the learning rate η, before the schedule is applied; greater than 0.</summary>
    public double LearningRate { get; init; }

    /// <summary>Gets the decay λ of weights towards 0; at least 0. It applies only to existing weights, never to biases.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="TrainingOptionsException">A setting is out of range.</exception>
    protected internal virtual void Validate()
    {
        TrainingOptionsException.Require(double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), LearningRate, "greater than 0");
        TrainingOptionsException.Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, nameof(WeightDecay), WeightDecay, "at least 0");
    }

    /// <summary>Gets the number of buffers per parameter, such as moments.</summary>
    protected internal abstract int BuffersPerParameter { get; }

    /// <summary>Updates one parameter.</summary>
    /// <param name="kernels">The device's operations.</param>
    /// <param name="parameter">The parameter, with its value and gradient.</param>
    /// <param name="state">The parameter's <see cref="BuffersPerParameter"/> buffers, which are initially zero.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="step">The one-based number of this step since the state was zero.</param>
    protected internal abstract void Update(IKernels kernels, Parameter parameter, DeviceBuffer[] state, double learningRate, long step);

    /// <summary>Whether <see cref="TryUpdateTogether"/> updates parameters.</summary>
    internal virtual bool UpdatesTogether => false;

    /// <summary>Updates parameters without rows of gradients in one call of a kernel, if the optimizer can.</summary>
    /// <returns>Whether it did; otherwise <see cref="Update"/> updates each.</returns>
    internal virtual bool TryUpdateTogether(IKernels kernels, ReadOnlySpan<ParameterUpdate> parameters, double learningRate, long step) => false;
}
