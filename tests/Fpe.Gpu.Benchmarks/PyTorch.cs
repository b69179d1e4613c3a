using System.Diagnostics;
using System.Globalization;
using static System.FormattableString;

namespace Fpe.Gpu.Benchmarks;

/// <summary>PyTorch in its own process, which runs steps on request; <c>pytorch_steps.py</c> describes the requests and answers.</summary>
internal sealed class PyTorch : IDisposable
{
    private readonly Process process;

    public PyTorch(string interpreter)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "pytorch_steps.py");
        process = Process.Start(new ProcessStartInfo(interpreter, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Description = Read();
    }

    /// <summary>Gets its version and device.</summary>
    public string Description { get; }

    /// <summary>Prepares a network.</summary>
    /// <returns>Its work; null if PyTorch cannot run it here, and a line says why.</returns>
    public IWork? Prepare(string kind, bool allowTf32, Case what)
    {
        string name = $"PyTorch {kind}{(allowTf32 ? ", TF32" : "")}";
        string answer = Ask(Invariant(
            $"prepare {kind} {(allowTf32 ? 1 : 0)} {what.Inputs} {what.Hidden} {what.Factor} {what.Batch} {what.Samples}"));
        if (!answer.StartsWith("no: ", StringComparison.Ordinal))
            return new Turn(this, answer, name);
        Console.WriteLine($"# {name}: {answer[4..]}");
        return null;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private string Ask(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        return Read();
    }

    private string Read() => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch ended; its messages are above.");

    private sealed class Turn(PyTorch peer, string number, string name) : IWork
    {
        public string Name => name;

        public double Run(int count) => double.Parse(peer.Ask(Invariant($"run {number} {count}")), CultureInfo.InvariantCulture);

        public void Dispose() => peer.Ask($"free {number}");
    }
}
