using Fpe.Compute;

namespace Fpe.Data;

/// <summary>Copies samples that are not in memory to a device, one batch at a time.</summary>
internal sealed class StreamedRows(Dataset dataset)
{
    private readonly int[] order = new int[dataset.Count];
    private float[] staging = [];

    /// <summary>Sets the order in which batches iterate over the samples.</summary>
    public void SetOrder(ReadOnlySpan<int> samples) => samples.CopyTo(order);

    /// <summary>Reads consecutive samples of the order. No memory is allocated after the largest batch.</summary>
    public void Gather(int start, Activations inputs, int count)
    {
        int width = dataset.FeatureCount;
        if (staging.Length < (long)count * width)
            staging = new float[(long)inputs.Capacity * width];
        for (int s = 0; s < count; s++)
            dataset.Read(order[start + s], staging.AsSpan(s * width, width));
        inputs.Write(staging.AsSpan(0, count * width), count);
    }
}
