using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Compute.Reference;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Runs the same calls on every device and compares what they leave with the reference in double precision.</summary>
internal static class Agreement
{
    private static readonly Device Oracle = new ReferenceDevice(ElementType.Float64);

    /// <summary>Vectors of every width: those the processor does not have are composed of shorter ones.</summary>
    private static readonly Device[] Devices =
        [.. Enum.GetValues<VectorWidth>().Select(width => new CpuDevice(1, width)), new ReferenceDevice(ElementType.Float32)];

    /// <summary>Every device there is.</summary>
    public static IEnumerable<Device> All => [.. Devices, Oracle];

    /// <param name="what">Names the case in a message.</param>
    /// <param name="capacity">Capacity of all activations.</param>
    /// <param name="run">Makes arguments, calls kernels, returns the outputs.</param>
    /// <param name="scale">Size of the terms the outputs are sums of; the error is taken relative to it where the output is smaller.</param>
    /// <param name="error">The largest relative error.</param>
    public static void Check(string what, int capacity, Func<Workbench, double[]> run, double scale = 1, double error = 1e-5)
    {
        var expected = Run(Oracle, capacity, run);
        foreach (Device device in Devices)
        {
            string name = device is CpuDevice cpu ? $"{cpu.Name} with {cpu.Width}" : device.Name;
            var actual = Run(device, capacity, run);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                if (!Close(expected[i], actual[i], scale, error))
                    Assert.Fail($"{what} on {name}: element {i} of {expected.Length} is {actual[i]:R}, not {expected[i]:R}");
            }
        }
    }

    private static bool Close(double expected, double actual, double scale, double error) =>
        double.IsFinite(expected) && Math.Abs(expected) < float.MaxValue
            ? Math.Abs(actual - expected) <= error * Math.Max(Math.Abs(expected), scale)
            : actual.Equals((double)(float)expected);

    private static double[] Run(Device device, int capacity, Func<Workbench, double[]> run)
    {
        using var bench = new Workbench(device, capacity);
        return run(bench);
    }
}
