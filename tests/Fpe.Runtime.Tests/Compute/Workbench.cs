using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>
/// Makes the arguments of a kernel on one device: the same values whatever the device. Memory that a kernel must not read, or
/// must overwrite, is poisoned with NaN.
/// </summary>
public sealed class Workbench(Device device, int capacity = 1, long seed = 1) : IDisposable
{
    private readonly RandomStream random = new(seed, RandomPurpose.Synthesis);
    private readonly List<IDisposable> rubbish = [];

    public IKernels Kernels => device.Kernels;

    /// <summary>Random numbers from −1 to 1.</summary>
    public float[] Values(int count)
    {
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = 2 * random.NextSingle() - 1;
        return values;
    }

    public Activations Input(int features, float[] values)
    {
        Activations input = Output(features);
        input.Write(values, values.Length / features);
        return input;
    }

    public Activations Input(int features, int batch) => Input(features, Values(features * batch));

    public Activations Output(int features)
    {
        Activations output = Keep(device.AllocateActivations(features, capacity));

        // A device may keep a few samples in memory of their own.
        int few = Math.Min(capacity, 8);
        output.Write(Poison(features * few), few);
        output.Write(Poison(features * capacity), capacity);
        return output;
    }

    public DeviceBuffer Buffer(float[] values)
    {
        DeviceBuffer buffer = Keep(device.Allocate(values.Length));
        buffer.Write(values);
        return buffer;
    }

    public DeviceBuffer Output(DeviceEdges edges) => Buffer(Poison(edges.StorageLength));

    public DeviceBuffer OutputBuffer(int length) => Buffer(Poison(length));

    public IndexBuffer Indices(int[] values)
    {
        IndexBuffer buffer = Keep(device.AllocateIndices(values.Length));
        buffer.Write(values);
        return buffer;
    }

    public int[] Labels(int count, int classes)
    {
        var labels = new int[count];
        foreach (ref int label in labels.AsSpan())
            label = random.NextInt32(classes);
        return labels;
    }

    /// <summary>Tokens from 0 to vocabulary − 1, some of them often, with empty places among them and after some samples; the second has none.</summary>
    public float[] Tokens(int places, int vocabulary, int batch)
    {
        var tokens = new float[places * batch];
        for (int s = 0; s < batch; s++)
        {
            int length = s == 1 ? 0 : 1 + random.NextInt32(places);
            for (int p = 0; p < places; p++)
            {
                bool isEmpty = p >= length || random.NextInt32(8) == 0;
                int range = random.NextInt32(2) == 0 ? vocabulary : Math.Min(vocabulary, 3);
                tokens[(s * places) + p] = isEmpty ? -1 : random.NextInt32(range);
            }
        }

        return tokens;
    }

    public static double[] Read(IndexBuffer buffer)
    {
        var values = new int[buffer.Length];
        buffer.Read(values);
        return Array.ConvertAll(values, value => (double)value);
    }

    public DeviceEdges Edges(EdgeLayout layout) => Keep(device.Prepare(layout));

    public DeviceEdges Filters(EdgeLayout layout) => Keep(device.PrepareFilters(layout));

    public DeviceBuffer Weights(DeviceEdges edges)
    {
        DeviceBuffer weights = Output(edges);
        edges.Write(Array.ConvertAll(Values(edges.Layout.SlotCount), value => (double)value), weights);
        return weights;
    }

    public static double[] Read(Activations activations, int batch)
    {
        var values = new double[batch * activations.Features];
        activations.Read(values, batch);
        return values;
    }

    public static double[] Read(DeviceBuffer buffer)
    {
        var values = new double[buffer.Length];
        buffer.Read(values);
        return values;
    }

    public static double[] Read(DeviceEdges edges, DeviceBuffer storage)
    {
        var values = new double[edges.Layout.SlotCount];
        edges.Read(storage, values);
        return values;
    }

    public void Dispose() => rubbish.ForEach(item => item.Dispose());

    private static float[] Poison(int count)
    {
        var values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }

    private T Keep<T>(T item)
        where T : IDisposable
    {
        rubbish.Add(item);
        return item;
    }
}
