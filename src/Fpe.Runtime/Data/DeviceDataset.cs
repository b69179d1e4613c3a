using Fpe.Compute;

namespace Fpe.Data;

/// <summary>
/// A data set on a device. Classes, targets and, if they are in memory, samples are copied to the device, and batches are gathered there
/// without involving the host. The host reads samples that are not in memory batch by batch.
/// </summary>
internal sealed class DeviceDataset : IDisposable
{
    private readonly DeviceBuffer? features;
    private readonly StreamedRows? streamed;
    private readonly IndexBuffer? labels;
    private readonly DeviceBuffer? targets;
    private readonly DeviceBuffer? weights;
    private readonly double[]? shares;
    private readonly int[] hostOrder;
    private readonly IndexBuffer order;

    /// <summary>Copies a data set to a device, in its original order.</summary>
    /// <param name="dataset">The data.</param>
    /// <param name="device">The device.</param>
    /// <param name="asTargets">Whether classes are converted to target values: one-hot vectors, or 0 and 1 if there is one output.</param>
    /// <param name="outputCount">The number of outputs of the model, for one-hot vectors.</param>
    /// <param name="sampleWeights">The weights of the samples; null if all are 1.</param>
    public DeviceDataset(Dataset dataset, Device device, bool asTargets, int outputCount, SampleWeights? sampleWeights = null)
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

        if (sampleWeights is not null)
        {
            weights = device.Allocate(Count);
            weights.Write(sampleWeights.Values);
            shares = sampleWeights.Shares;
        }

        hostOrder = shares is null ? [] : new int[Count];
        order = device.AllocateIndices(Count);
        SetOrder([.. Enumerable.Range(0, Count)]);
    }

    public int Count { get; }

    public int FeatureCount { get; }

    /// <summary>Sets the order in which batches iterate over the samples.</summary>
    public void SetOrder(ReadOnlySpan<int> samples)
    {
        order.Write(samples);
        if (shares is not null)
            samples.CopyTo(hostOrder);
        streamed?.SetOrder(samples);
    }

    /// <summary>Returns the sum of the weights of consecutive samples of the order: their number if all are 1.</summary>
    public double TotalWeight(int start, int count)
    {
        if (shares is null)
            return count;
        double sum = 0;
        foreach (int sample in hostOrder.AsSpan(start, count))
            sum += shares[sample];
        return sum;
    }

    /// <summary>Gathers consecutive samples of the order.</summary>
    public void Gather(IKernels kernels, int start, Batch batch) => Gather(kernels, start, Math.Min(batch.Capacity, Count - start), batch);

    /// <summary>Gathers some consecutive samples of the order.</summary>
    public void Gather(IKernels kernels, int start, int count, Batch batch)
    {
        batch.Count = count;
        batch.TotalWeight = TotalWeight(start, batch.Count);
        if (features is not null)
            kernels.GatherRows(features, order, start, batch.Inputs, batch.Count);
        streamed?.Gather(start, batch.Inputs, batch.Count);
        if (labels is not null)
            kernels.GatherIndices(labels, order, start, batch.Labels!, batch.Count);
        if (targets is not null)
            kernels.GatherRows(targets, order, start, batch.Targets!, batch.Count);
        if (weights is not null)
            kernels.GatherRows(weights, order, start, batch.Weights!, batch.Count);
    }

    public void Dispose()
    {
        features?.Dispose();
        labels?.Dispose();
        targets?.Dispose();
        weights?.Dispose();
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
