using Fpe.Gpu.Compute;
using Fpe.Runtime.Tests.Compute;
using ILGPU;

namespace Fpe.Gpu.Tests;

/// <summary>Faults of ILGPU that kernels avoid, and faults of older versions that they would not survive.</summary>
public class IlgpuTests
{
    private const int Steps = 37;

    private static readonly GpuDevice Gpu = TestedDevices.Gpu;

    /// <summary>With <c>float.IsNaN</c> instead of <see cref="DeviceMath.IsNaN"/>, the first is false on OpenCL.</summary>
    [Fact]
    public void Kernels_recognise_what_is_not_a_number() =>
        Assert.Equal([1, 0, 1, 1], Run(NotANumber, [float.NaN, -1, float.PositiveInfinity, -float.NaN]));

    /// <summary>Written as <c>condition ? 1 : 0</c>, which C# converts from an integer, they become the bits of that integer on OpenCL.</summary>
    [Fact]
    public void Conditions_become_numbers() => Assert.Equal([1, 0], Run(Condition, [1, 2]));

    [Fact]
    public void Loops_of_any_length_are_unrolled_correctly()
    {
        float[] values = [.. Enumerable.Range(0, Steps).Select(i => (float)(i + 1))];
        Assert.Equal((Steps * (Steps + 1) / 2) + (36 * 37 / 2), Run(Loops, values)[0]);
    }

    [Fact]
    public void Fields_of_any_size_lie_where_the_host_puts_them() =>
        Assert.Equal([3, -4, 250, 1e9f], Run(Fields, [0, 0, 0, 0]));

    private static float[] Run(Action<Arguments> body, float[] values)
    {
        using var memory = new GpuMemory<float>(Gpu, values.Length, "numbers");
        memory.Write(values);
        new Kernel<Arguments>(Gpu, body).RunGroups(1, new() { Small = 250, Wide = -4, Short = 3, Values = memory.View, Precise = 1_000_000_000 });
        var result = new float[values.Length];
        memory.Read(result);
        return result;
    }

    private static void NotANumber(Arguments a)
    {
        if (Group.IdxX < 4)
            a.Values[Group.IdxX] = a.Values[Group.IdxX] > 0 || DeviceMath.IsNaN(a.Values[Group.IdxX]) ? 1f : 0f;
    }

    private static void Condition(Arguments a)
    {
        if (Group.IdxX < 2)
            a.Values[Group.IdxX] = a.Values[Group.IdxX] < 2 ? 1f : 0f;
    }

    /// <summary>A loop whose length ILGPU knows, and one whose length it does not.</summary>
    private static void Loops(Arguments a)
    {
        float sum = 0;
        for (int i = 0; i < Steps; i++)
            sum += a.Values[i];
        for (int i = (int)a.Short - 3; i < Steps - 1; i++)
            sum += a.Values[i];
        Group.Barrier();
        if (Group.IdxX == 0)
            a.Values[0] = sum;
    }

    private static void Fields(Arguments a)
    {
        if (Group.IdxX != 0)
            return;
        a.Values[0] = a.Short;
        a.Values[1] = a.Wide;
        a.Values[2] = a.Small;
        a.Values[3] = (float)a.Precise;
    }

    internal struct Arguments
    {
        public byte Small;
        public long Wide;
        public short Short;
        public ArrayView<float> Values;
        public ulong Precise;
    }
}
