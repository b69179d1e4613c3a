using Fpe.Compute;
using Fpe.Data;

namespace Fpe.Training;

/// <summary>The loss that training minimises, and the definition of correct answers. All losses are weighted means over the batch.</summary>
public abstract class Loss
{
    /// <summary>Initialises a loss.</summary>
    protected Loss()
    {
    }

    /// <summary>
    /// Gets −log softmax of the true class, for mutually exclusive classes; <see cref="SoftmaxCrossEntropyLoss"/> has options.
    /// </summary>
    public static Loss SoftmaxCrossEntropy { get; } = new SoftmaxCrossEntropyLoss();

    /// <summary>
    /// Gets the binary cross-entropy of sigmoid(output) for each output, averaged over the outputs. Classes become one-hot targets, or 0
    /// and 1 if the model has one output. <see cref="SigmoidCrossEntropyLoss"/> has options.
    /// </summary>
    public static Loss SigmoidCrossEntropy { get; } = new SigmoidCrossEntropyLoss();

    /// <summary>Gets the squared difference for each output, averaged over the outputs. Classes become one-hot targets.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary>Gets the name for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Gets whether the loss compares outputs with target values instead of classes.</summary>
    protected internal abstract bool UsesTargets { get; }

    /// <summary>Gets whether correct answers are defined.</summary>
    protected internal virtual bool HasAccuracy => true;

    /// <summary>
    /// Gets whether <see cref="Compute"/> multiplies losses by <see cref="Batch.Weights"/> and divides by <see cref="Batch.TotalWeight"/>. If
    /// not, data sets and options with weights are refused.
    /// </summary>
    protected internal virtual bool TakesWeights => false;

    /// <summary>Whether batches have weights also if all are 1.</summary>
    internal virtual bool NeedsWeights => false;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="TrainingOptionsException">A setting is out of range.</exception>
    protected internal virtual void Validate()
    {
    }

    /// <summary>Returns the number of answers per sample that can be correct or wrong.</summary>
    protected internal virtual int AnswersPerSample(int outputCount) => 1;

    /// <summary>Returns the task that a model has if it is trained with this loss; null if none follows from it.</summary>
    /// <param name="outputCount">The number of outputs of the model.</param>
    /// <param name="hasLabels">Whether samples have classes instead of target values.</param>
    protected internal virtual ModelTask? TaskOf(int outputCount, bool hasLabels) => null;

    /// <summary>Returns whether a model with a task can be trained with this loss, so that its outputs mean what the task says.</summary>
    protected internal virtual bool Fits(ModelTask task) => true;

    /// <summary>Writes the weighted mean loss of a batch to losses[slot], and computes its gradient by the outputs if requested.</summary>
    protected internal abstract void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot);

    /// <summary>Adds the number of correct answers to counts[slot].</summary>
    protected internal abstract void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot);

    /// <summary>Returns the factor of a sum that makes it a mean; 0 if all samples of the batch have weight 0.</summary>
    private protected static double ScaleOf(Batch batch, int termsPerSample) => batch.TotalWeight > 0 ? 1 / (batch.TotalWeight * termsPerSample) : 0;
}
