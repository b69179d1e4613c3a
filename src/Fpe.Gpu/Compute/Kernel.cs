using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace Fpe.Gpu.Compute;

/// <summary>A function that the device runs, compiled when it is first needed. All its arguments are one structure.</summary>
/// <param name="device">The device.</param>
/// <param name="body">What every thread does: a static function, which ILGPU translates.</param>
internal sealed class Kernel<TArguments>(GpuDevice device, Action<TArguments> body)
    where TArguments : struct
{
    /// <summary>Threads of a group unless a kernel needs another number: every device has as many, down to integrated ones.</summary>
    public const int Threads = 256;

    /// <summary>What every thread does.</summary>
    public MethodInfo Body => body.Method;

    private Action<AcceleratorStream, KernelConfig, TArguments>? compiled;

    /// <summary>Runs the kernel with a thread for each element, rounded up to whole groups.</summary>
    public void RunFor(int elements, TArguments arguments)
    {
        if (elements > 0)
            Run(new KernelConfig((elements + Threads - 1) / Threads, Threads), arguments);
    }

    /// <summary>Runs a number of groups.</summary>
    public void RunGroups(int groups, TArguments arguments, int threads = Threads)
    {
        if (groups > 0)
            Run(new KernelConfig(groups, threads), arguments);
    }

    /// <summary>Runs a grid of groups, each with one of the columns and a number of samples.</summary>
    /// <exception cref="GpuException">The batch needs more rows of groups than a grid has: 65,535 on CUDA.</exception>
    public void RunGrid(int columns, int batch, int samples, int threads, TArguments arguments)
    {
        if (columns <= 0 || batch <= 0)
            return;
        int rows = ((batch - 1) / samples) + 1, most = device.Accelerator.MaxGridSize.Y;
        if (rows > most)
            throw GpuFailure.OfGrid(device.Info, body.Method.Name, batch, (long)most * samples);
        Run(new KernelConfig(new Index3D(columns, rows, 1), new Index3D(threads, 1, 1)), arguments);
    }

    private void Run(KernelConfig config, TArguments arguments) => device.Launch(queue => (compiled ??= Compile())(queue, config, arguments));

    private Action<AcceleratorStream, KernelConfig, TArguments> Compile()
    {
        try
        {
            return device.Accelerator.LoadKernel(body);
        }
        catch (Exception error) when (GpuFailure.IsOfDriver(error) || error is AggregateException)
        {
            throw GpuFailure.OfKernel(device.Info, body.Method.Name, error);
        }
    }
}
