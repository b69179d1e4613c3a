using System.Diagnostics;
using System.Globalization;
using Fpe;
using Fpe.Compute;
using Fpe.Compute.Cpu;

namespace PairsOfCalls;

/// <summary>
/// Makes every pair of calls at the same time: what changes the model once, what reads it from three threads until the other call has
/// ended, or a few times. Results have to be those of some order, or the call has to be refused.
/// </summary>
/// <param name="duration">How long; every pair is made at least once.</param>
/// <param name="seed">Seed of the moments.</param>
internal sealed class PairLoop(TimeSpan duration, long seed)
{
    private const int ReadingThreads = 3;
    private const int ReadingCalls = 3;

    private readonly Random moments = new((int)seed);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-pairs-");
    private readonly Device device = new CpuDevice(threads: 2);
    private long calls;
    private long refused;

    /// <summary>Runs the loop.</summary>
    /// <returns>Whether everything was right.</returns>
    public bool Run()
    {
        try
        {
            var clock = Stopwatch.StartNew();
            var sequences = new Sequences(device, folder.FullName);
            int rounds = 0;
            do
            {
                foreach (ModelPlan plan in Subject.Plans)
                {
                    foreach (bool isExpanded in new[] { false, true })
                    {
                        SaveOtherWeights(plan, isExpanded);
                        foreach ((Call first, Call second) in Pairs())
                        {
                            if (rounds > 0 && clock.Elapsed > duration)
                                break;
                            if (!Make(sequences, plan, isExpanded, first, second))
                                return false;
                        }
                    }
                }

                rounds++;
            }
            while (clock.Elapsed < duration);

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Pairs().Count()} pairs of calls on {2 * Subject.Plans.Count} models, {calls} calls, {refused} refused; every result is that of some order."));
            return true;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(Call First, Call Second)> Pairs() =>
        Call.All.SelectMany((first, i) => Call.All.Skip(i).Select(second => (first, second)));

    private void SaveOtherWeights(ModelPlan plan, bool isExpanded)
    {
        using var subject = new Subject(plan, isExpanded, device, folder.FullName);
        if (File.Exists(subject.SavedWeights))
            return;
        if (isExpanded)
            subject.Other.Expand();
        subject.Other.Save(subject.SavedWeights);
    }

    private bool Make(Sequences sequences, ModelPlan plan, bool isExpanded, Call first, Call second)
    {
        Sequences.Results results = sequences.Of(plan, isExpanded, first, second);
        using var subject = new Subject(plan, isExpanded, device, folder.FullName);
        using var start = new ManualResetEventSlim();
        int changing = (first.Changes ? 1 : 0) + (second.Changes ? 1 : 0);
        var wrong = new List<string>();
        Thread[] threads = [.. Threads(first, results.First), .. Threads(second, results.Second)];
        Array.ForEach(threads, thread => thread.Start());
        start.Set();
        Array.ForEach(threads, thread => thread.Join());

        string end = Sequences.EndOf(subject);
        if (!results.End.Contains(end))
            wrong.Add($"the model ended as {end}, not as one of {string.Join(", ", results.End)}");
        foreach (string fault in wrong)
            Console.WriteLine($"{plan.Name}, {(isExpanded ? "expanded" : "dense")}, {first.Name} and {second.Name}: {fault}");
        return wrong.Count == 0;

        IEnumerable<Thread> Threads(Call call, HashSet<string> allowed)
        {
            for (int t = 0; t < (call.Changes ? 1 : ReadingThreads); t++)
            {
                int pause = moments.Next(2000);
                yield return new Thread(() =>
                {
                    start.Wait();
                    Thread.SpinWait(pause);
                    if (call.Changes)
                    {
                        Check(call, allowed);
                        Interlocked.Decrement(ref changing);
                        return;
                    }

                    for (int i = 0; i < ReadingCalls || Volatile.Read(ref changing) > 0; i++)
                        Check(call, allowed);
                });
            }
        }

        void Check(Call call, HashSet<string> allowed)
        {
            try
            {
                string seen = Sequences.Observe(call, subject);
                Interlocked.Increment(ref calls);
                if (Sequences.IsRefused(seen))
                    Interlocked.Increment(ref refused);
                else if (!allowed.Contains(seen))
                    Note($"{call.Name} saw {seen}, not one of {string.Join(", ", allowed)}");
            }
            catch (Exception e)
            {
                Note($"{call.Name} failed: {e}");
            }
        }

        void Note(string fault)
        {
            lock (wrong)
                wrong.Add(fault);
        }
    }
}
