using Fpe.Compute;

namespace Fpe.Data;

/// <summary>Samples in device memory with their classes or target values.</summary>
public sealed class Batch : IDisposable
{
    /// <summary>Allocates a batch.</summary>
    /// <param name="device">The device that holds the batch.</param>
    /// <param name="capacity">The maximum number of samples.</param>
    /// <param name="featureCount">The number of values per sample.</param>
    /// <param name="targetCount">The number of target values per sample; null if samples have classes.</param>
    public Batch(Device device, int capacity, int featureCount, int? targetCount)
        : this(device, capacity, featureCount, targetCount, weights: null)
    {
    }

    /// <summary>Allocates a batch of samples that may have weights.</summary>
    internal Batch(Device device, int capacity, int featureCount, int? targetCount, SampleWeights? weights)
    {
        Capacity = capacity;
        Inputs = device.AllocateActivations(featureCount, capacity);
        if (targetCount is { } count)
            Targets = device.AllocateActivations(count, capacity);
        else
            Labels = device.AllocateIndices(capacity);
        if (weights is null)
            return;
        Weights = device.AllocateActivations(1, capacity);
        if (weights.Outputs is not { } outputs)
            return;
        OutputWeights = device.Allocate(outputs.Length);
        OutputWeights.Write(outputs);
    }

    /// <summary>Gets the maximum number of samples.</summary>
    public int Capacity { get; }

    /// <summary>Gets the number of samples in use.</summary>
    public int Count { get; internal set; }

    /// <summary>Gets the samples: [batch, features].</summary>
    public Activations Inputs { get; }

    /// <summary>Gets the class of each sample; null if samples have target values.</summary>
    public IndexBuffer? Labels { get; }

    /// <summary>Gets the target values: [batch, outputs]; null if samples have classes.</summary>
    public Activations? Targets { get; }

    /// <summary>Gets the factor of the loss of each sample: [batch, 1]; null if all are 1.</summary>
    public Activations? Weights { get; }

    /// <summary>Gets a weight for each class, or for the positive targets of each output; null if all are 1, or the loss has none.</summary>
    public DeviceBuffer? OutputWeights { get; }

    /// <summary>Gets the sum of the weights, by which a mean over the batch is divided: <see cref="Count"/> if all are 1.</summary>
    public double TotalWeight { get; internal set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels?.Dispose();
        Targets?.Dispose();
        Weights?.Dispose();
        OutputWeights?.Dispose();
    }
}
