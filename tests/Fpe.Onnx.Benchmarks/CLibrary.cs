using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fpe.Benchmarks;
using Fpe.Benchmarks.Timing;
using Fpe.Embedded;

namespace Fpe.Onnx.Benchmarks;

/// <summary>A network as C, compiled for this machine with all that the compiler can do, in this process.</summary>
internal sealed unsafe class CLibrary : IDisposable
{
    private const string Compiler = "gcc";
    private static readonly string[] Options = ["-std=c99", "-O3", "-march=native", "-shared", "-fPIC"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
    private readonly IntPtr library;
    private readonly string name;
    private readonly NumberFormat format;
    private readonly int inputs;
    private readonly int outputs;

    /// <summary>Exports and compiles a network.</summary>
    public CLibrary(Predictor predictor)
    {
        CExport written = predictor.ExportC(folder.FullName);
        (name, format) = (Path.GetFileNameWithoutExtension(written.SourcePath), written.Format);
        (inputs, outputs) = (predictor.Plan.InputCount, predictor.Plan.OutputCount);
        (TableBytes, ScratchBytes) = (written.TableBytes, written.ScratchBytes);
        string path = Path.Combine(folder.FullName, name + ".so");
        Run([.. Options, "-o", path, written.SourcePath, "-lm"]);
        library = NativeLibrary.Load(path);
    }

    /// <summary>Why nothing can be compiled; null if it can.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>The bytes of the tables.</summary>
    public long TableBytes { get; }

    /// <summary>The bytes of the scratch memory.</summary>
    public long ScratchBytes { get; }

    /// <summary>The outputs of samples, one after the other, with all that turns a sample into what the network reads.</summary>
    public IContestant Work(float[] samples)
    {
        var results = new float[samples.Length / inputs * outputs];
        var scratch = new long[(ScratchBytes + sizeof(long) - 1) / sizeof(long)];
        var input = new float[inputs]; // or as many bytes
        IntPtr run = NativeLibrary.GetExport(library, name + "_run");
        NativeLibrary.TryGetExport(library, name + "_prepare", out IntPtr prepare);
        IntPtr read = format == NumberFormat.Int8 ? NativeLibrary.GetExport(library, name + "_outputs") : IntPtr.Zero;
        return new LocalWork(() =>
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
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeLibrary.Free(library);
        folder.Delete(recursive: true);
    }

    private static string? FindObstacle()
    {
        try
        {
            Run(["--version"]);
            return null;
        }
        catch (Win32Exception error)
        {
            return error.Message;
        }
    }

    private static void Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Compiler, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new BenchmarkException($"{Compiler} {string.Join(' ', start.ArgumentList)} ends with exit code {process.ExitCode}: {error}{output}");
    }
}
