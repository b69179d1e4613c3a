using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Kernels over several parameters do what those over one do for each.</summary>
public class StepsKernelTests
{
    /// <summary>More parameters than a device takes at once, of which some are empty.</summary>
    private static readonly int[] Lengths = [0, 7, 256, 257, 0, 4097, 1, 1000, 64, 30_000, 3, 2, 5, 0, 9, 300, 513, 0];

    private static readonly int[] LargeLengths = [700_000, 1, 400_001, 4096, 4097, 2, 3, 1_000_000];

    [Theory]
    [InlineData(0, false, 1)]
    [InlineData(0.1, false, 7)]
    [InlineData(0.1, true, 3)]
    public void Adam_steps_each_parameter(double decay, bool decoupled, long step) => Same(buffers: 2, (kernels, parameters, alone) =>
    {
        var constants = new AdamConstants(0.01, 0.9, 0.999, 1e-8, decay, decoupled, step);
        if (!alone)
            kernels.AdamSteps(parameters, in constants);
        foreach (ParameterUpdate own in alone ? parameters : [])
            kernels.AdamStep(own.Weights, own.Gradient, own.State[0], own.State[1], own.Decays ? constants : constants with { WeightDecay = 0 });
    });

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0.1, false)]
    [InlineData(1, 0.1, true)]
    public void Gradient_descent_steps_each_parameter(int velocities, double decay, bool nesterov) => Same(velocities, (kernels, parameters, alone) =>
    {
        var constants = new SgdConstants(0.1, velocities * 0.9, nesterov, decay);
        if (!alone)
            kernels.SgdSteps(parameters, in constants);
        foreach (ParameterUpdate own in alone ? parameters : [])
            kernels.SgdStep(own.Weights, own.Gradient, own.State.FirstOrDefault(), own.Decays ? constants : constants with { WeightDecay = 0 });
    });

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e6)]
    public void Norm_and_clipping_are_over_all_parameters(double maximum) => Agreement.Check("parameters", 1, bench =>
    {
        DeviceBuffer[] all = [.. Lengths.Select(length => bench.Buffer(bench.Values(length)))];
        DeviceBuffer norms = bench.Buffer([0, 3]);
        bench.Kernels.AddSquaredNorms(all, norms, slot: 1);
        bench.Kernels.AddSquaredNorms(all, norms, slot: 0);
        bench.Kernels.AddSquaredNorms([], norms, slot: 0);
        bench.Kernels.ClipAllToNorm(all, norms, slot: 0, maximum);
        return [.. all.SelectMany(Workbench.Read), .. Workbench.Read(norms)];
    }, scale: 1e-3, hasBodies: true);

    /// <summary>The sums of large buffers have as many parts as fit. A plain sum of so many numbers has only four exact digits.</summary>
    [Fact]
    public void Norms_of_large_buffers_are_whole() => Agreement.Check("large buffers", 1, bench =>
    {
        DeviceBuffer[] all = [.. LargeLengths.Select(length => bench.Buffer(bench.Values(length)))];
        DeviceBuffer norms = bench.Buffer([0]);
        bench.Kernels.AddSquaredNorms(all, norms, slot: 0);
        return Workbench.Read(norms);
    }, error: 1e-3);

    /// <summary>Compares bits on every device.</summary>
    private static void Same(int buffers, Action<IKernels, ParameterUpdate[], bool> step)
    {
        foreach (Device device in Agreement.All)
        {
            double[] expected = Run(device, buffers, step, alone: true), actual = Run(device, buffers, step, alone: false);
            Assert.Equal(expected, actual);
        }
    }

    private static double[] Run(Device device, int buffers, Action<IKernels, ParameterUpdate[], bool> step, bool alone)
    {
        using var bench = new Workbench(device);
        DeviceBuffer Buffer(int length) => bench.Buffer([.. bench.Values(length).Select(Math.Abs)]);
        ParameterUpdate[] parameters =
        [
            .. Lengths.Select((length, number) => new ParameterUpdate(
                Buffer(length), Buffer(length), [.. Enumerable.Range(0, buffers).Select(_ => Buffer(length))], Decays: number % 3 != 0)),
        ];
        step(bench.Kernels, parameters, alone);
        return [.. parameters.SelectMany(own => (DeviceBuffer[])[own.Weights, .. own.State]).SelectMany(Workbench.Read)];
    }
}
