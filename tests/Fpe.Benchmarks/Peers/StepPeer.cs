using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute.Cpu;
using Fpe.Distributed;
using Fpe.Mpi;
using Fpe.Training;

namespace Fpe.Benchmarks.Peers;

/// <summary>
/// A process that trains when told so, alone or as one of the ranks that mpirun started. It connects to the benchmark by a socket, in which it waits
/// without taking a core from the others.
/// </summary>
internal static class StepPeer
{
    /// <summary>The name of the command.</summary>
    public const string Name = "step-peer";

    /// <summary>Makes the command, which the benchmark itself calls.</summary>
    public static Command Create()
    {
        Option<int> port = new("--port") { Required = true }, threads = new("--threads") { Required = true }, chunks = new("--chunks") { Required = true };
        Option<int> inputs = new("--inputs") { Required = true }, parents = new("--parents") { Required = true };
        Option<int> factor = new("--factor") { Required = true }, batch = new("--batch") { Required = true }, share = new("--share") { Required = true };
        Option<bool> distributed = new("--distributed");
        var command = new Command(Name, "Part of the benchmark of ranks") { port, threads, chunks, inputs, parents, factor, batch, share, distributed };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            ProcessGroup group = MpiProcessGroup.Join(parsed.GetValue(distributed) ? ["--distributed"] : []);
            int chunkCount = parsed.GetValue(chunks);
            DataParallel? parallel = chunkCount == 0 ? null : new DataParallel(group) { Chunks = chunkCount };
            var shape = new WorkloadShape(parsed.GetValue(inputs), parsed.GetValue(parents), parsed.GetValue(factor), parsed.GetValue(batch));
            Wiring wiring = parsed.GetValue(share) is > 0 and var shared ? Wiring.Shared(shared) : Wiring.Dense;
            using var work = new StepWorkload(shape, wiring, new CpuDevice(parsed.GetValue(threads)), parallel);
            Obey(parsed.GetValue(port), work);
            return 0;
        });
        return command;
    }

    /// <summary>Runs as many steps as each line says, and answers with how long they took: elapsed time and processor time, in seconds.</summary>
    private static void Obey(int port, StepWorkload work)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, port);
        client.NoDelay = true;
        using var reader = new StreamReader(client.GetStream());
        using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        writer.WriteLine("ready");
        while (reader.ReadLine() is { } line)
        {
            int calls = int.Parse(line, CultureInfo.InvariantCulture);
            long start = Stopwatch.GetTimestamp();
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            for (int call = 0; call < calls; call++)
                work.Step();
            double clock = Stopwatch.GetElapsedTime(start).TotalSeconds;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock:R} {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:R}"));
        }
    }
}
