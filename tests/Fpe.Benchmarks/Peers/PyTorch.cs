using System.Diagnostics;
using System.Globalization;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks.Peers;

/// <summary>
/// PyTorch in a process of its own, which does its work when told so: its turns interleave with ours in one run.
/// <c>pytorch_peer.py</c> describes the lines that go to and fro.
/// </summary>
internal sealed class PyTorch : IDisposable
{
    private const string Interpreter = "/usr/bin/python3";
    private const string HowToGet = "get it with: apt-get install python3-torch libopenblas0";

    private readonly Process process;
    private int works;

    private PyTorch(Process process) => this.process = process;

    /// <summary>Starts PyTorch.</summary>
    /// <param name="threads">Its threads.</param>
    /// <param name="byTheClock">Whether to measure wall-clock time, as several threads need, instead of processor time.</param>
    /// <exception cref="BenchmarkException">It is not installed, or without a fast library for products.</exception>
    public static PyTorch Start(int threads = 1, bool byTheClock = false)
    {
        if (!File.Exists(Interpreter))
            throw new BenchmarkException($"{Interpreter} does not exist; {HowToGet}");

        var start = new ProcessStartInfo(Interpreter, [Path.Combine(AppContext.BaseDirectory, "Peers", "pytorch_peer.py"), threads.ToString(CultureInfo.InvariantCulture), byTheClock ? "clock" : "processor"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in OpenBlas.Handicaps)
            start.Environment.Remove(variable);
        // torch.set_num_threads leaves the threads of OpenBLAS alone, which would get in each other's way.
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        // Threads that wait must not take a core from those of OpenBLAS.
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        // Large tensors ask for huge pages, as our buffers do.
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        var peer = new PyTorch(Process.Start(start)!);
        try
        {
            if (peer.Read().EndsWith("slow", StringComparison.Ordinal))
                throw new BenchmarkException($"PyTorch computes with the reference BLAS, which is no fair peer; {HowToGet}");
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Prepares a training step of one layer.</summary>
    /// <param name="kind"><c>dense</c>, <c>masked</c> or <c>blocks</c>.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="share">Parents that share a partition.</param>
    public Work Layer(string kind, WorkloadShape shape, int share) =>
        Prepare("layer", $"{kind} {shape.Inputs} {shape.Parents} {shape.Factor} {shape.Batch} {share}");

    /// <summary>Prepares a training step of a dense network with one hidden layer and ten classes.</summary>
    /// <param name="shape">The hidden layer; its factor does not matter.</param>
    public Work Network(WorkloadShape shape) => Prepare("network", $"{shape.Inputs} {shape.Parents} {shape.Batch}");

    /// <summary>Prepares work on a convolution of stride 1.</summary>
    /// <param name="kind"><c>forward</c>, <c>step</c>, or <c>pool</c> or <c>average</c> for the largest or the mean of its outputs.</param>
    /// <param name="shape">The convolution; images and window are square.</param>
    /// <param name="batch">Samples.</param>
    public Work Convolution(string kind, Compute.Conv2dShape shape, int batch) => Prepare(
        "convolution", $"{kind} {shape.Input.Channels} {shape.Input.Height} {shape.Filters} {shape.Window.Rows.Kernel} {shape.Window.Rows.Padding} {batch} {shape.Groups} {shape.Window.Rows.Dilation}");

    /// <summary>Prepares a kernel that memory limits.</summary>
    /// <param name="kind">As in <see cref="Workloads.PointwiseWorkload"/>.</param>
    /// <param name="what"><c>forward</c> or <c>backward</c>.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="places">Pixels per channel.</param>
    /// <param name="batch">Samples.</param>
    public Work Pointwise(string kind, string what, int channels, int places, int batch) =>
        Prepare("pointwise", $"{kind} {what} {channels} {places} {batch}");

    /// <summary>Prepares means of rows of a table.</summary>
    /// <param name="what"><c>forward</c>, or <c>step</c>, which includes the gradient and Adam of the rows that were read.</param>
    /// <param name="vocabulary">Rows of the table.</param>
    /// <param name="dimension">Units of a row.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="tokens">Rows of a sample.</param>
    public Work Bag(string what, int vocabulary, int dimension, int batch, int tokens) =>
        Prepare("bag", $"{what} {vocabulary} {dimension} {batch} {tokens}");

    /// <summary>Prepares self-attention.</summary>
    /// <param name="what"><c>forward</c>, or <c>step</c>, which includes the gradient.</param>
    /// <param name="shape">The attention.</param>
    /// <param name="batch">Samples.</param>
    public Work Attention(string what, Compute.AttentionShape shape, int batch) =>
        Prepare("attention", $"{what} {shape.Units} {shape.Places} {shape.Heads} {batch}");

    /// <summary>Prepares an epoch of FashionMNIST.</summary>
    /// <param name="kind"><c>dense</c> or <c>masked</c>.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="shape">The hidden layer.</param>
    /// <param name="samples">Samples of the epoch.</param>
    public Work Epoch(string kind, string folder, WorkloadShape shape, int samples) =>
        Prepare("epoch", $"{kind} {folder} {shape.Parents} {shape.Factor} {shape.Batch} {samples}");

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            process.Kill();
        process.Dispose();
    }

    private Work Prepare(string verb, string arguments)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"work{works++}");
        Ask($"{verb} {name} {arguments}");
        return new Work(this, name);
    }

    private string Ask(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        return Read();
    }

    private string Read()
    {
        if (process.StandardOutput.ReadLine() is { } line)
            return line;
        string lastError = process.StandardError.ReadToEnd().TrimEnd().Split('\n')[^1];
        throw new BenchmarkException($"PyTorch ended: {lastError}; {HowToGet}");
    }

    /// <summary>Work that PyTorch has prepared; disposing of it frees its tensors.</summary>
    internal sealed class Work(PyTorch peer, string name) : IContestant, IDisposable
    {
        /// <inheritdoc/>
        public double Run(int calls) => double.Parse(peer.Ask($"run {name} {calls}"), CultureInfo.InvariantCulture);

        /// <inheritdoc/>
        public void Dispose() => peer.Ask($"drop {name}");
    }
}
