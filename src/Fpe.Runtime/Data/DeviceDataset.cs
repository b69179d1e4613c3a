using Fpe.Compute;

namespace Fpe.Data;

/// <summary>
/// A data set as training uses it. Classes, targets and, where they are in memory, samples are copied to the device, from which
/// batches are gathered without going through the host. Samples that are not in memory are read by the host batch by batch.
/// </summary>
internal sealed class DeviceDataset : IDisposable
{
    private readonly DeviceBuffer? features;
    private readonly StreamedRows? streamed;
    private readonly IndexBuffer? labels;
    private readonly DeviceBuffer? targets;
    private readonly IndexBuffer order;

    /// <summary>Copies a data set to a device, in its own order.</summary>
    /// <param name="dataset">The data.</param>
    /// <param name="device">Where it goes.</param>
    /// <param name="asTargets">Whether classes are wanted as target values: one-hot vectors, or 0 and 1 where there is one output.</param>
    /// <param name="outputCount">Outputs of the model, for one-hot vectors.</param>
    public DeviceDataset(Dataset dataset, Device device, bool asTargets, int outputCount)
    {
        Count = dataset.Count;
        FeatureCount = dataset.FeatureCount;
        if (dataset.Features is not null)
        {
            features = device.Allocate(dataset.Features.Length);
            features.Write(dataset.Features);
        }
        else
        {
            streamed = new StreamedRows(dataset);
        }

        if (dataset.Labels is not null && !asTargets)
        {
            labels = device.AllocateIndices(Count);
            labels.Write(dataset.Labels);
        }
        else
        {
            float[] values = dataset.Targets ?? TargetsOf(dataset.Labels!, outputCount);
            targets = device.Allocate(values.Length);
            targets.Write(values);
        }

        order = device.AllocateIndices(Count);
        SetOrder([.. Enumerable.Range(0, Count)]);
    }

    public int Count { get; }

    public int FeatureCount { get; }

    /// <summary>Sets the order in which batches run through the samples.</summary>
    public void SetOrder(ReadOnlySpan<int> samples)
    {
        order.Write(samples);
        streamed?.SetOrder(samples);
    }

    /// <summary>Gathers consecutive samples of the order.</summary>
    public void Gather(IKernels kernels, int start, Batch batch)
    {
        batch.Count = Math.Min(batch.Capacity, Count - start);
        if (features is not null)
            kernels.GatherRows(features, order, start, batch.Inputs, batch.Count);
        streamed?.Gather(start, batch.Inputs, batch.Count);
        if (labels is not null)
            kernels.GatherIndices(labels, order, start, batch.Labels!, batch.Count);
        if (targets is not null)
            kernels.GatherRows(targets, order, start, batch.Targets!, batch.Count);
    }

    public void Dispose()
    {
        features?.Dispose();
        labels?.Dispose();
        targets?.Dispose();
        order.Dispose();
    }

    private static float[] TargetsOf(int[] labels, int outputCount)
    {
        if (outputCount == 1)
            return [.. labels.Select(label => (float)label)];
        var targets = new float[labels.Length * outputCount];
        for (int s = 0; s < labels.Length; s++)
            targets[(s * outputCount) + labels[s]] = 1;
        return targets;
    }
}
