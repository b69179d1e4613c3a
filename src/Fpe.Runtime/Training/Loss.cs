using Fpe.Compute;
using Fpe.Data;

namespace Fpe.Training;

/// <summary>What training minimises, and what counts as a right answer. All losses are means over the batch.</summary>
public abstract class Loss
{
    /// <summary>Begins a loss.</summary>
    protected Loss()
    {
    }

    /// <summary>−log softmax of the true class, for classes that exclude each other.</summary>
    public static Loss SoftmaxCrossEntropy { get; } = new SoftmaxCrossEntropyLoss();

    /// <summary>
    /// Binary cross-entropy of sigmoid(output) for each output, averaged over the outputs. Classes become one-hot targets, or
    /// 0 and 1 where the model has one output.
    /// </summary>
    public static Loss SigmoidCrossEntropy { get; } = new SigmoidCrossEntropyLoss();

    /// <summary>Squared difference for each output, averaged over the outputs. Classes become one-hot targets.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary>Name for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the loss compares with target values, as opposed to classes.</summary>
    protected internal abstract bool UsesTargets { get; }

    /// <summary>Whether there is such a thing as a right answer.</summary>
    protected internal virtual bool HasAccuracy => true;

    /// <summary>Answers that can be right or wrong per sample.</summary>
    protected internal virtual int AnswersPerSample(int outputCount) => 1;

    /// <summary>The mean loss of a batch to losses[slot], and its gradient by the outputs where wanted.</summary>
    protected internal abstract void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot);

    /// <summary>Adds the number of right answers to counts[slot].</summary>
    protected internal abstract void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot);
}
