using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Kernels on whole buffers: filling, copying, norms, optimizers.</summary>
public class VectorKernelTests
{
    private static readonly int[] Lengths = [0, .. Sizes.Features, 4095, 4097, 10_000];

    public static TheoryData<double, bool, long> AdamVariants => new()
    {
        { 0, false, 1 },
        { 0.1, false, 7 },
        { 0.1, true, 1 },
        { 0.01, true, 100_000 },
    };

    [Fact]
    public void Fill_and_copy_agree_with_the_reference() => ForAll((bench, length) =>
    {
        DeviceBuffer x = bench.OutputBuffer(length), y = bench.OutputBuffer(length);
        bench.Kernels.Fill(x, 2.5);
        bench.Kernels.Copy(bench.Buffer(bench.Values(length)), y);
        return [.. Workbench.Read(x), .. Workbench.Read(y)];
    });

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e6)]
    public void Norm_and_clipping_agree_with_the_reference(double maximum) => ForAll((bench, length) =>
    {
        DeviceBuffer x = bench.Buffer(bench.Values(length)), norms = bench.Buffer([0, 3]);
        bench.Kernels.AddSquaredNorm(x, norms, slot: 1);
        bench.Kernels.AddSquaredNorm(x, norms, slot: 0);
        bench.Kernels.ClipToNorm(x, norms, slot: 0, maximum);
        return [.. Workbench.Read(x), .. Workbench.Read(norms)];
    }, scale: 1e-3);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_norm_that_is_not_finite_clips_alike(float norm) => Agreement.Check($"{norm}", 1, bench =>
    {
        DeviceBuffer x = bench.Buffer([1, 2, 3]);
        bench.Kernels.ClipToNorm(x, bench.Buffer([norm]), slot: 0, maximum: 1);
        return Workbench.Read(x);
    });

    [Theory]
    [MemberData(nameof(AdamVariants))]
    public void Adam_agrees_with_the_reference(double decay, bool decoupled, long step) => ForAll((bench, length) =>
    {
        DeviceBuffer w = bench.Buffer(bench.Values(length)), g = bench.Buffer(bench.Values(length));
        DeviceBuffer m = bench.Buffer(bench.Values(length)), v = bench.Buffer([.. bench.Values(length).Select(value => value * value)]);
        bench.Kernels.AdamStep(w, g, m, v, new AdamConstants(0.01, 0.9, 0.999, 1e-8, decay, decoupled, step));
        return [.. Workbench.Read(w), .. Workbench.Read(m), .. Workbench.Read(v)];
    }, scale: 0.1);

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(0.9, false, 0.1)]
    [InlineData(0.9, true, 0.1)]
    public void Gradient_descent_agrees_with_the_reference(double momentum, bool nesterov, double decay) => ForAll((bench, length) =>
    {
        DeviceBuffer w = bench.Buffer(bench.Values(length)), g = bench.Buffer(bench.Values(length)), v = bench.Buffer(bench.Values(length));
        bench.Kernels.SgdStep(w, g, momentum == 0 ? null : v, new SgdConstants(0.1, momentum, nesterov, decay));
        return [.. Workbench.Read(w), .. Workbench.Read(v)];
    }, scale: 0.1);

    [Fact]
    public void Elements_that_are_0_stay_0_under_every_optimizer()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device);
            DeviceBuffer w = bench.Buffer([0, 1]), g = bench.Buffer([0, 1]), m = bench.Buffer([0, 0]), v = bench.Buffer([0, 0]);
            bench.Kernels.AdamStep(w, g, m, v, new AdamConstants(0.1, 0.9, 0.999, 1e-8, 0.1, true, 1));
            bench.Kernels.AdamStep(w, g, m, v, new AdamConstants(0.1, 0.9, 0.999, 1e-8, 0.1, false, 2));
            bench.Kernels.SgdStep(w, g, m, new SgdConstants(0.1, 0.9, true, 0.1));
            Assert.Equal(0, Workbench.Read(w)[0]);
            Assert.NotEqual(1, Workbench.Read(w)[1]);
        }
    }

    private static void ForAll(Func<Workbench, int, double[]> run, double scale = 1)
    {
        foreach (int length in Lengths)
            Agreement.Check($"{length} elements", 1, bench => run(bench, length), scale);
    }
}
