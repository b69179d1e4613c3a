using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks.Peers;

/// <summary>Some <see cref="StepPeer"/> processes that train at the same time, on their own or as ranks. A call is a step of each.</summary>
internal sealed class StepProcesses : IContestant, IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Process> processes = [];
    private readonly List<(int Calls, double Seconds)> processor = [];
    private readonly List<(StreamReader Reader, StreamWriter Writer)> peers = [];

    private StepProcesses()
    {
    }

    /// <summary>Starts processes that know nothing of each other.</summary>
    public static StepProcesses Independent(int count, int threads, WorkloadShape shape, Wiring wiring, int chunks = 0)
    {
        var started = new StepProcesses();
        started.listener.Start();
        for (int i = 0; i < count; i++)
            started.Start(Environment.ProcessPath!, [], threads, shape, wiring, chunks, distributed: false);
        started.Accept(count);
        return started;
    }

    /// <summary>Starts ranks.</summary>
    /// <param name="launcher">The command that starts them, with the number of ranks as its last argument.</param>
    /// <param name="count">The number of ranks.</param>
    /// <param name="shape">The hidden layer and the batch.</param>
    /// <param name="wiring">Its edges.</param>
    /// <param name="chunks">The chunks of a batch.</param>
    public static StepProcesses Ranks(string[] launcher, int count, WorkloadShape shape, Wiring wiring, int chunks)
    {
        var started = new StepProcesses();
        started.listener.Start();
        string[] arguments = [.. launcher[1..], count.ToString(CultureInfo.InvariantCulture), Environment.ProcessPath!];
        started.Start(launcher[0], arguments, threads: 1, shape, wiring, chunks, distributed: true);
        started.Accept(count);
        return started;
    }

    /// <inheritdoc/>
    public double Run(int calls)
    {
        foreach ((_, StreamWriter writer) in peers)
            writer.WriteLine(calls.ToString(CultureInfo.InvariantCulture));
        double[][] answers = [.. peers.Select(peer => Answer(peer.Reader).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
        processor.Add((calls, answers.Average(answer => answer[1]) / calls));
        return answers.Max(answer => answer[0]);
    }

    /// <summary>
    /// Seconds of processor time of a step of one process, the median of the long runs: those of a few calls warm up. Waiting for another rank
    /// counts where it takes a core.
    /// </summary>
    public double ProcessorTime
    {
        get
        {
            int most = processor.Max(run => run.Calls);
            double[] seconds = [.. processor.Where(run => run.Calls > most / 2).Select(run => run.Seconds).Order()];
            return seconds[seconds.Length / 2];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((StreamReader reader, StreamWriter writer) in peers)
        {
            writer.Dispose();
            reader.Dispose();
        }

        foreach (Process process in processes)
        {
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
                process.Kill();
            process.Dispose();
        }

        listener.Dispose();
    }

    private static string Answer(StreamReader reader) =>
        reader.ReadLine() ?? throw new BenchmarkException("A process that was to train has ended; its error stream says why.");

    private void Start(string file, string[] before, int threads, WorkloadShape shape, Wiring wiring, int chunks, bool distributed)
    {
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(StepProcesses).Assembly.Location] : [];
        string own = string.Create(CultureInfo.InvariantCulture, $"{StepPeer.Name} --port {port} --threads {threads} --chunks {chunks} --inputs {shape.Inputs} --parents {shape.Parents} --factor {shape.Factor} --batch {shape.Batch} --share {wiring.Share}{(distributed ? " --distributed" : "")}");
        try
        {
            processes.Add(Process.Start(new ProcessStartInfo(file, [.. before, .. program, .. own.Split(' ')]))!);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new BenchmarkException($"{file} cannot be started: {error.Message}; get it with: apt-get install openmpi-bin");
        }
    }

    private void Accept(int count)
    {
        for (int i = 0; i < count; i++)
        {
            while (!listener.Pending())
            {
                if (processes.Find(process => process.HasExited) is { } ended)
                    throw new BenchmarkException($"{ended.StartInfo.FileName} ended with exit code {ended.ExitCode} before training began; its error stream says why.");
                Thread.Sleep(PollInterval);
            }

            TcpClient client = listener.AcceptTcpClient();
            client.NoDelay = true;
            var reader = new StreamReader(client.GetStream());
            Answer(reader);
            peers.Add((reader, new StreamWriter(client.GetStream()) { AutoFlush = true }));
        }
    }
}
