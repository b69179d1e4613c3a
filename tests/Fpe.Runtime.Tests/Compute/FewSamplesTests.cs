using System.Numerics;
using Fpe.Compute;
using Fpe.Compute.Cpu;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Where a few samples lie is the activations' own business: they are the same in panels, without empty lanes, and to the host.</summary>
public sealed unsafe class FewSamplesTests
{
    private const int Features = 5;

    private readonly CpuDevice device = new(threads: 1);

    public static TheoryData<int> Batches => [1, 2, 3, 4, 5, 6, 7, 8, 9, 17];

    [Theory]
    [MemberData(nameof(Batches))]
    public void Panels_hold_what_the_host_wrote(int batch)
    {
        using var activations = (CpuActivations)device.AllocateActivations(Features, capacity: 20);
        float[] values = Write(activations, batch);

        float* panels = activations.Values;
        for (int s = 0; s < batch; s++)
        {
            for (int f = 0; f < Features; f++)
                Assert.Equal(values[s * Features + f], panels[s / 16 * activations.PanelStride + f * 16 + s % 16]);
        }

        Assert.Equal(values, Read(activations, batch));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    public void Lanes_hold_what_the_host_or_a_kernel_wrote(int batch)
    {
        using var activations = (CpuActivations)device.AllocateActivations(Features, batch);
        float[] values = Write(activations, batch);
        AssertFew(values, activations.ReadFew(batch), batch);

        // a kernel that wrote panels
        float* panels = activations.Values;
        for (int s = 0; s < batch; s++)
        {
            for (int f = 0; f < Features; f++)
                panels[f * 16 + s] = values[s * Features + f] = -values[s * Features + f];
        }

        AssertFew(values, activations.ReadFew(batch), batch);
        Assert.Equal(values, Read(activations, batch));

        // a kernel that wrote without empty lanes
        float* few = activations.WriteFew(batch);
        for (int i = 0; i < FewSamples.Lanes(batch) * Features; i++)
            few[i] = i;
        float[] read = Read(activations, batch);
        AssertFew(read, few, batch);
        _ = activations.Values[0];
        Assert.Equal(read, Read(activations, batch));
    }

    [Fact]
    public void Part_of_a_batch_can_be_read()
    {
        using var activations = (CpuActivations)device.AllocateActivations(Features, capacity: 8);
        float[] values = Write(activations, 7);
        Assert.Equal(values[..(2 * Features)], Read(activations, 2));
        AssertFew(values, activations.ReadFew(3), 3);
        Assert.Equal(values, Read(activations, 7));
    }

    [Fact]
    public void A_smaller_batch_leaves_nothing_of_a_larger_one_behind()
    {
        using var activations = (CpuActivations)device.AllocateActivations(Features, capacity: 20);
        Write(activations, 8);
        float[] values = Write(activations, 20);
        Assert.Equal(values, Read(activations, 20));
        values = Write(activations, 2);
        Assert.Equal(values, Read(activations, 2));
        AssertFew(values, activations.ReadFew(2), 2);
    }

    private static float[] Write(CpuActivations activations, int batch)
    {
        float[] values = [.. Enumerable.Range(1, batch * Features).Select(i => (float)i)];
        activations.Write(values, batch);
        return values;
    }

    private static float[] Read(CpuActivations activations, int batch)
    {
        var values = new float[batch * Features];
        activations.Read(values, batch);
        return values;
    }

    /// <summary>Feature by feature, in 1, 2, 4 or 8 lanes.</summary>
    private static void AssertFew(float[] values, float* few, int batch)
    {
        int lanes = (int)BitOperations.RoundUpToPowerOf2((uint)batch);
        for (int s = 0; s < batch; s++)
        {
            for (int f = 0; f < Features; f++)
                Assert.Equal(values[s * Features + f], few[f * lanes + s]);
        }
    }
}
