using Fpe.Compute;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Runs the same calls on every device and compares what they leave with the reference in double precision.</summary>
internal static class Agreement
{
    private static readonly Device Oracle = new ReferenceDevice(ElementType.Float64);

    private static readonly Device Bare = new BareDevice<float>();

    /// <summary>Every device there is.</summary>
    public static IEnumerable<Device> All => [.. TestedDevices.Single, Oracle];

    /// <param name="what">Names the case in a message.</param>
    /// <param name="capacity">Capacity of all activations.</param>
    /// <param name="run">Makes arguments, calls kernels, returns the outputs.</param>
    /// <param name="scale">Size of the terms the outputs are sums of; the error is taken relative to it where the output is smaller.</param>
    /// <param name="error">The largest relative error.</param>
    /// <param name="maySpread">Whether a device that multiplies zeros may have a number that is not finite where there should be one.</param>
    /// <param name="hasBodies">Whether the kernels have default bodies, which are then compared too.</param>
    public static void Check(string what, int capacity, Func<Workbench, double[]> run, double scale = 1, double error = 1e-5,
        bool maySpread = false, bool hasBodies = false)
    {
        var expected = Run(Oracle, capacity, run);
        foreach (Device device in hasBodies ? [.. TestedDevices.Single, Bare] : TestedDevices.Single)
        {
            var actual = Run(device, capacity, run);
            Assert.Equal(expected.Length, actual.Length);
            int[] wrong =
            [
                .. Enumerable.Range(0, expected.Length)
                    .Where(i => !(maySpread && TestedDevices.MultiplyZeros && !double.IsFinite(actual[i])) && !Close(expected[i], actual[i], scale, error)),
            ];
            if (wrong is [var i, ..])
            {
                Assert.Fail(
                    $"{what} on {TestedDevices.Describe(device)}: element {i} of {expected.Length} is {actual[i]:R}, not {expected[i]:R}; in all "
                    + $"{wrong.Length} are wrong, the last of them {wrong[^1]}");
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
