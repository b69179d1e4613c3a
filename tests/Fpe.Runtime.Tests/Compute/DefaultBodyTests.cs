using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>The kernels with a default body are compared with the others in the tests of kernels; here is what goes for all of them.</summary>
public class DefaultBodyTests
{
    /// <summary>Their bodies call the kernel of one parameter for each, which costs nothing where a call costs nothing.</summary>
    private static readonly string[] Steps =
        [nameof(IKernels.AdamSteps), nameof(IKernels.AddSquaredNorms), nameof(IKernels.ClipAllToNorm), nameof(IKernels.SgdSteps)];

    public static TheoryData<Type, string[]> Implementations => new()
    {
        { typeof(CheckedKernels), [] },
        { typeof(CpuKernels), Steps },
        { typeof(ReferenceKernels<float>), [.. Steps.Append(nameof(IKernels.EdgeWeightGradientOfChunks)).Order(StringComparer.Ordinal)] },
    };

    /// <summary>A method that is spelled otherwise would leave its kernel slow, or its arguments unchecked, and nobody would notice.</summary>
    [Theory]
    [MemberData(nameof(Implementations))]
    public void Our_own_devices_leave_no_other_kernel_to_its_default_body(Type implementation, string[] left)
    {
        var map = implementation.GetInterfaceMap(typeof(IKernels));
        Assert.Equal(left, map.TargetMethods.Where(method => method.DeclaringType == typeof(IKernels)).Select(method => method.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>In single precision the fourth decimal of the mean would be wrong.</summary>
    [Fact]
    public void Nothing_is_lost_on_a_device_of_double_precision()
    {
        double[] Run(Device device)
        {
            using var bench = new Workbench(device, capacity: 3);
            Activations x = bench.Input(2, 3), y = bench.Output(2), z = bench.Output(2), statistics = bench.Output(2);
            DeviceBuffer scale = bench.Buffer([0.3f, 0.7f]), shift = bench.Buffer([1e6f, -1e6f]);
            bench.Kernels.LayerNormForward(1, scale, shift, 1e-5, x, y, statistics, 3);
            bench.Kernels.CopyFeatures(y, 0, z, 0, 2, 3);
            bench.Kernels.AddFeatures(x, 1, z, 0, 1, 3);
            return [.. Workbench.Read(y, 3), .. Workbench.Read(z, 3), .. Workbench.Read(statistics, 3)];
        }

        Assert.Equal(Run(new ReferenceDevice(ElementType.Float64)), Run(new BareDevice<double>()));
    }
}
