using Fpe.Compute;

namespace Fpe.Training;

/// <summary>How parameters follow their gradients: the settings. The state belongs to a training run, so settings can be shared.</summary>
public abstract record Optimizer
{
    /// <summary>Begins the settings.</summary>
    /// <param name="learningRate">Learning rate η, before the schedule; above 0.</param>
    protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>Learning rate η, before the schedule; above 0.</summary>
    public double LearningRate { get; init; }

    /// <summary>Decay λ of weights towards 0; at least 0. It acts on existing weights only, never on biases.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="TrainingOptionsException">A setting is out of range.</exception>
    protected internal virtual void Validate()
    {
        TrainingOptionsException.Require(double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), LearningRate, "above 0");
        TrainingOptionsException.Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, nameof(WeightDecay), WeightDecay, "at least 0");
    }

    /// <summary>Buffers a parameter needs, such as moments.</summary>
    protected internal abstract int BuffersPerParameter { get; }

    /// <summary>Updates one parameter.</summary>
    /// <param name="kernels">The device's operations.</param>
    /// <param name="parameter">Value and gradient.</param>
    /// <param name="state">The parameter's buffers: <see cref="BuffersPerParameter"/>, zero at first.</param>
    /// <param name="learningRate">Learning rate of this step.</param>
    /// <param name="step">Number of this step since the state was zero, from 1.</param>
    protected internal abstract void Update(IKernels kernels, Parameter parameter, DeviceBuffer[] state, double learningRate, long step);
}
