using System.Runtime.InteropServices;

namespace Fpe.EndToEnd.Tests.Support;

/// <summary>PyTorch as Debian packages it, which opens our files and writes some of its own.</summary>
internal static class PyTorch
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Why there is none here; null where there is.</summary>
    public static string? Obstacle { get; } =
        File.Exists(Interpreter) && Command.Run(Interpreter, ["-c", "import torch"]).ExitCode == 0
            ? null
            : $"{Interpreter} has no PyTorch; get it with: apt-get install python3-torch";

    /// <summary>Runs a command of <c>model_files.py</c>.</summary>
    /// <param name="command"><c>logits</c> or <c>create</c>.</param>
    /// <param name="model">The model file.</param>
    /// <param name="samples">What the model is given, row by row.</param>
    /// <returns>What it makes of them, row by row.</returns>
    public static float[] Compute(string command, string model, float[] samples)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["inputs"], MemoryMarshal.AsBytes<float>(samples));
        Run("model_files.py", command, model, folder["inputs"], folder["outputs"]);
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["outputs"])).ToArray();
    }

    /// <summary>Runs a script of the folder <c>Python</c>.</summary>
    public static void Run(string script, params string[] arguments)
    {
        string path = Path.Combine(DotNet.Repository, "tests", "Fpe.EndToEnd.Tests", "Python", script);
        CommandResult result = Command.Run(Interpreter, ["-B", path, .. arguments]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }
}

/// <summary>A test that needs <see cref="PyTorch"/>; it is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PyTorchFactAttribute : FactAttribute
{
    public PyTorchFactAttribute() => Skip = PyTorch.Obstacle;
}
