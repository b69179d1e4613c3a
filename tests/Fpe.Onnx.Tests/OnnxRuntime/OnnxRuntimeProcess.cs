using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.Onnx.Tests.OnnxRuntime;

/// <summary>ONNX Runtime in a process of Node.js; <c>infer.js</c> and <c>optimize.js</c> say how it is told what to do.</summary>
internal static class OnnxRuntimeProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    /// <summary>Why its tests are skipped; null if it is installed.</summary>
    public static string? Missing { get; } = NodePackage.FindMissing("ONNX Runtime", "onnxruntime-node", Folder, "tests/Fpe.Onnx.Tests/OnnxRuntime");

    /// <summary>Computes an ONNX file.</summary>
    /// <param name="model">The file.</param>
    /// <param name="samples">As many samples as the largest batch has.</param>
    /// <param name="batches">Batches, each of the first samples.</param>
    /// <returns>Outputs, one batch after another.</returns>
    public static float[] Run(byte[] model, float[] samples, params IEnumerable<int> batches)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["model.onnx"], model);
        File.WriteAllBytes(folder["samples"], MemoryMarshal.AsBytes<float>(samples));
        RunScript("infer.js", [folder["model.onnx"], folder["samples"], folder["outputs"], .. batches.Select(batch => batch.ToString(CultureInfo.InvariantCulture))]);
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["outputs"])).ToArray();
    }

    /// <summary>Returns an ONNX file as it is computed, with nodes joined.</summary>
    public static byte[] Optimize(byte[] model)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["model.onnx"], model);
        RunScript("optimize.js", [folder["model.onnx"], folder["optimized.onnx"]]);
        return File.ReadAllBytes(folder["optimized.onnx"]);
    }

    private static void RunScript(string script, IEnumerable<string> arguments)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments]) { RedirectStandardError = true })!;
        string errors = node.StandardError.ReadToEnd();
        if (!node.WaitForExit(Limit))
        {
            node.Kill();
            throw new TimeoutException($"ONNX Runtime is still running after {Limit}.");
        }

        Assert.True(node.ExitCode == 0, errors);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
