using Fpe.Compute;

namespace Fpe.Data;

/// <summary>Some samples in device memory with their classes or target values.</summary>
public sealed class Batch : IDisposable
{
    /// <summary>Allocates a batch.</summary>
    /// <param name="device">Where it lives.</param>
    /// <param name="capacity">The most samples it holds.</param>
    /// <param name="featureCount">Values per sample.</param>
    /// <param name="targetCount">Target values per sample; null where samples have classes.</param>
    public Batch(Device device, int capacity, int featureCount, int? targetCount)
    {
        Capacity = capacity;
        Inputs = device.AllocateActivations(featureCount, capacity);
        if (targetCount is { } count)
            Targets = device.AllocateActivations(count, capacity);
        else
            Labels = device.AllocateIndices(capacity);
    }

    /// <summary>The most samples it holds.</summary>
    public int Capacity { get; }

    /// <summary>Samples in use.</summary>
    public int Count { get; internal set; }

    /// <summary>The samples: [batch, features].</summary>
    public Activations Inputs { get; }

    /// <summary>The class of each sample; null if samples have target values.</summary>
    public IndexBuffer? Labels { get; }

    /// <summary>The target values: [batch, outputs]; null if samples have classes.</summary>
    public Activations? Targets { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels?.Dispose();
        Targets?.Dispose();
    }
}
