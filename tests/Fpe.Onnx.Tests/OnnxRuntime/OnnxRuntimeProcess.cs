using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fpe.Onnx.Tests.OnnxRuntime;

/// <summary>ONNX Runtime in a process of Node.js; <c>infer.js</c> says how it is told what to do.</summary>
internal static class OnnxRuntimeProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    /// <summary>Why it cannot be used; null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>Computes an ONNX file.</summary>
    /// <param name="model">The file.</param>
    /// <param name="samples">As many samples as the largest batch has.</param>
    /// <param name="batches">Batches, each of the first samples.</param>
    /// <returns>Outputs, one batch after another.</returns>
    public static float[] Run(byte[] model, float[] samples, params IEnumerable<int> batches)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
        try
        {
            string[] files = [.. ((string[])["model.onnx", "samples", "outputs"]).Select(name => Path.Combine(folder.FullName, name))];
            File.WriteAllBytes(files[0], model);
            File.WriteAllBytes(files[1], MemoryMarshal.AsBytes<float>(samples));
            Infer([.. files, .. batches.Select(batch => batch.ToString(CultureInfo.InvariantCulture))]);
            return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(files[2])).ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Infer(IEnumerable<string> arguments)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "infer.js"), .. arguments]) { RedirectStandardError = true })!;
        string errors = node.StandardError.ReadToEnd();
        if (!node.WaitForExit(Limit))
        {
            node.Kill();
            throw new TimeoutException($"ONNX Runtime is still running after {Limit}.");
        }

        Assert.True(node.ExitCode == 0, errors);
    }

    private static string? FindMissing()
    {
        string[] folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "node"))))
            return "ONNX Runtime needs Node.js, which is not installed.";
        return Directory.Exists(Path.Combine(Folder, "node_modules", "onnxruntime-node"))
            ? null
            : "ONNX Runtime is not installed; get it with: npm ci --ignore-scripts --prefix tests/Fpe.Onnx.Tests/OnnxRuntime";
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
