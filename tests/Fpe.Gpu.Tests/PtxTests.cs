using System.Reflection;
using Fpe.Gpu.Compute;
using Fpe.Runtime.Tests.Compute;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace Fpe.Gpu.Tests;

/// <summary>How ILGPU translates kernels for NVIDIA's driver, which needs no GPU.</summary>
/// <remarks>FPE_PTX_FOLDER is a folder that receives the texts, for NVIDIA's assembler.</remarks>
public class PtxTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("FPE_PTX_FOLDER");

    public static TheoryData<string> Names => [.. Kernels.Keys];

    private static Dictionary<string, MethodInfo> Kernels { get; } = Bodies();

    /// <summary>No sums that depend on an order, and no double precision, which few GPUs are fast at.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kernel_translates_without_atomics_and_double_precision(string name)
    {
        string text = Translate(Kernels[name]);
        if (Folder is not null)
            File.WriteAllText(Path.Combine(Folder, $"{name}.ptx"), text);
        Assert.Contains(".entry", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\tatom.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\tred.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".f64", text, StringComparison.Ordinal);
    }

    /// <summary>
    /// PTX takes the sign from the first argument, .NET from the second, and ILGPU 1.5.3 leaves their order as it is. Kernels do without the
    /// function; if this fails, the fault was fixed.
    /// </summary>
    [Fact]
    public void CopySign_takes_its_arguments_in_the_wrong_order()
    {
        string text = Translate(((Action<SignArguments>)CopySign).Method);
        Assert.Matches(@"ld\.param\.f32\s+%f1, \[\w+\+16\];", text);
        Assert.Contains("copysign.f32\t%f3, %f1, %f2;", text, StringComparison.Ordinal);
    }

    private static void CopySign(SignArguments a) => a.Values[0] = MathF.CopySign(a.Magnitude, a.Sign);

    private static string Translate(MethodInfo body)
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var backend = new PTXBackend(
            context, new CudaCapabilityContext(CudaArchitecture.SM_90), CudaArchitecture.SM_90, CudaInstructionSet.ISA_80, nvvmAPI: null!);
        var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(body), default);
        return compiled.PTXAssembly;
    }

    private static Dictionary<string, MethodInfo> Bodies()
    {
        var kernels = new GpuKernels(TestedDevices.Gpu);
        return typeof(GpuKernels).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(Kernel<>))
            .Select(field => (MethodInfo)field.FieldType.GetProperty("Body")!.GetValue(field.GetValue(kernels))!)
            .ToDictionary(body => body.Name);
    }

    internal struct SignArguments(ArrayView<float> values, float magnitude, float sign)
    {
        public ArrayView<float> Values = values;
        public float Magnitude = magnitude, Sign = sign;
    }
}
