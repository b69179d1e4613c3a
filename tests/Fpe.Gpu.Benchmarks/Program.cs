using System.Globalization;
using Fpe;
using Fpe.Expansion;
using Fpe.Gpu;
using Fpe.Gpu.Benchmarks;

// Fpe.Gpu.Benchmarks [--gpu NUMBER] [--python INTERPRETER] [--quick]
// Steps and epochs of our networks and PyTorch's, in turns; the fastest turn of each counts. Rows are also comma-separated values.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool isQuick = args.Contains("--quick");
int[] widths = isQuick ? [256] : [256, 512, 1024, 2048, 4096, 8192];
int[] batches = isQuick ? [128] : [128, 512, 2048, 8192];
try
{
    GpuDevice gpu = GpuDevice.Open(int.Parse(Option("--gpu") ?? "0", CultureInfo.InvariantCulture));
    using var peer = new PyTorch(Option("--python") ?? "python3");
    Console.WriteLine($"# {gpu.Info}; {peer.Description}");
    Console.WriteLine("timed,inputs,hidden,factor,batch,network,microseconds,per second,time over ours with Share = 32");

    // FashionMNIST's epoch and step, bound by launches, then the widths. Its pixels do not change the time, so random numbers do.
    Measure(gpu, peer, new Case(784, 256, 4, 128, Samples: isQuick ? 1000 : 60_000));
    Measure(gpu, peer, new Case(784, 256, 4, 128));
    foreach (int width in widths)
    {
        foreach (int batch in batches)
        {
            foreach (int factor in new[] { 4, 8 })
                Measure(gpu, peer, new Case(width, width, factor, batch));
        }
    }

    return 0;
}
catch (FpeException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;

void Measure(GpuDevice gpu, PyTorch peer, Case what)
{
    List<IWork> all = [];
    try
    {
        all.Add(new Ours("ours, Share = 32", gpu, what, new ExpansionPlan(what.Factor, Share: 32)));
        all.Add(new Ours("ours, Share = 1", gpu, what, new ExpansionPlan(what.Factor)));
        all.Add(new Ours("ours, dense parent", gpu, what, ExpansionPlan.None));
        foreach (bool allowTf32 in new[] { false, true })
        {
            foreach (string kind in new[] { "dense", "masked", "dense-compiled", "masked-compiled" })
            {
                if (peer.Prepare(kind, allowTf32, what) is { } work)
                    all.Add(work);
            }
        }

        // A turn takes about a tenth of a second, or an epoch.
        int first = what.Samples > 0 ? 1 : isQuick ? 2 : 10;
        int[] counts = [.. all.Select(work => Math.Clamp((int)(0.1 / work.Run(first)), 1, 2000))];
        double[] best = [.. all.Select(_ => double.MaxValue)];
        for (int turn = 0; turn < (isQuick ? 2 : 7); turn++)
        {
            for (int w = 0; w < all.Count; w++)
                best[w] = Math.Min(best[w], all[w].Run(counts[w]));
        }

        string timed = what.Samples > 0 ? $"epoch of {what.Samples}" : "step";
        for (int w = 0; w < all.Count; w++)
        {
            Console.WriteLine(
                $"{timed},{what.Inputs},{what.Hidden},{what.Factor},{what.Batch},\"{all[w].Name}\",{best[w] * 1e6:0.0},{1 / best[w]:0.00},{best[w] / best[0]:0.00}");
        }
    }
    catch (GpuException error)
    {
        // Another case may fit.
        Console.WriteLine($"# {what}: {error.Message}");
    }
    finally
    {
        all.ForEach(work => work.Dispose());
    }
}
