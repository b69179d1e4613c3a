using System.Runtime.InteropServices;
using Fpe.Benchmarks.Timing;
using Fpe.Embedded;
using Fpe.Embedded.Tests.Support;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.Onnx.Benchmarks;

/// <summary>A network as C, compiled for this machine with all that the compiler can do, in this process.</summary>
internal sealed unsafe class CLibrary : IDisposable
{
    private static readonly string[] Options = ["-std=c99", "-O3", "-march=native", "-shared", "-fPIC"];

    private readonly TemporaryFolder folder = new();
    private readonly IntPtr library;
    private readonly string name;
    private readonly NumberFormat format;
    private readonly int inputs;
    private readonly int outputs;

    /// <summary>Exports and compiles a network.</summary>
    public CLibrary(Predictor predictor)
    {
        CExport written = predictor.ExportC(folder.Path);
        (name, format) = (Path.GetFileNameWithoutExtension(written.SourcePath), written.Format);
        (inputs, outputs) = (predictor.Plan.InputCount, predictor.Plan.OutputCount);
        (TableBytes, ScratchBytes) = (written.TableBytes, written.ScratchBytes);
        string path = folder[name + ".so"];
        Tool.Run(Tool.HostCompilers[0], [.. Options, "-o", path, written.SourcePath, "-lm"]);
        library = NativeLibrary.Load(path);
    }

    /// <summary>The bytes of the tables.</summary>
    public long TableBytes { get; }

    /// <summary>The bytes of the scratch memory.</summary>
    public long ScratchBytes { get; }

    /// <summary>The outputs of samples.</summary>
    /// <param name="samples">Samples, row by row.</param>
    public float[] Outputs(float[] samples)
    {
        var results = new float[samples.Length / inputs * outputs];
        Computing(samples, results)();
        return results;
    }

    /// <summary>The outputs of samples, one after the other, with all that turns a sample into what the network reads.</summary>
    public IContestant Work(float[] samples) => new LocalWork(Computing(samples, new float[samples.Length / inputs * outputs]));

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeLibrary.Free(library);
        folder.Dispose();
    }

    private Action Computing(float[] samples, float[] results)
    {
        var scratch = new long[(ScratchBytes + sizeof(long) - 1) / sizeof(long)];
        var input = new float[inputs]; // or as many bytes
        IntPtr run = NativeLibrary.GetExport(library, name + "_run");
        NativeLibrary.TryGetExport(library, name + "_prepare", out IntPtr prepare);
        IntPtr read = format == NumberFormat.Int8 ? NativeLibrary.GetExport(library, name + "_outputs") : IntPtr.Zero;
        return () =>
        {
            fixed (float* sample = samples, result = results, prepared = input)
            {
                fixed (long* memory = scratch)
                {
                    for (int s = 0; s < samples.Length / inputs; s++)
                    {
                        float* values = sample + (s * inputs);
                        if (prepare != IntPtr.Zero)
                        {
                            ((delegate* unmanaged<float*, void*, void>)prepare)(values, prepared);
                            values = prepared;
                        }

                        if (format == NumberFormat.Int8)
                        {
                            ((delegate* unmanaged<void*, void*, void>)run)(values, memory);
                            ((delegate* unmanaged<void*, float*, void>)read)(memory, result + (s * outputs));
                        }
                        else
                        {
                            ((delegate* unmanaged<float*, float*, void*, void>)run)(values, result + (s * outputs), memory);
                        }
                    }
                }
            }
        };
    }
}
