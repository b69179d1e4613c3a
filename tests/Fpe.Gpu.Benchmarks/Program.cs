using System.Globalization;
using Fpe;
using Fpe.Expansion;
using Fpe.Gpu;
using Fpe.Gpu.Benchmarks;

// Fpe.Gpu.Benchmarks [--gpu NUMBER] [--python INTERPRETER] [--quick]
// Steps per second of our networks and PyTorch's, in turns; the fastest turn of each counts. Rows are also comma-separated values.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool isQuick = args.Contains("--quick");
int[] widths = isQuick ? [256] : [256, 512, 1024, 2048, 4096, 8192];
int[] batches = isQuick ? [128] : [128, 512, 2048, 8192];
try
{
    GpuDevice gpu = GpuDevice.Open(int.Parse(Option("--gpu") ?? "0", CultureInfo.InvariantCulture));
    using var peer = new PyTorch(Option("--python") ?? "python3");
    Console.WriteLine($"# {gpu.Info}; {peer.Description}");
    Console.WriteLine("inputs,hidden,factor,batch,network,microseconds per step,steps per second,time over ours with Share = 32");

    // FashionMNIST's network, bound by launches, then the widths.
    Measure(gpu, peer, 784, 256, 4, 128);
    foreach (int width in widths)
    {
        foreach (int batch in batches)
        {
            foreach (int factor in new[] { 4, 8 })
                Measure(gpu, peer, width, width, factor, batch);
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

void Measure(GpuDevice gpu, PyTorch peer, int inputs, int hidden, int factor, int batch)
{
    const string Ours = "ours, Share = 32";
    List<ISteps> all = [];
    try
    {
        all.Add(new Steps(Ours, gpu, inputs, hidden, batch, new ExpansionPlan(factor, Share: 32)));
        all.Add(new Steps("ours, Share = 1", gpu, inputs, hidden, batch, new ExpansionPlan(factor)));
        all.Add(new Steps("ours, dense parent", gpu, inputs, hidden, batch, ExpansionPlan.None));
        foreach (bool allowTf32 in new[] { false, true })
        {
            foreach (string kind in new[] { "dense", "masked", "dense-compiled", "masked-compiled" })
            {
                if (peer.Prepare(kind, allowTf32, inputs, hidden, factor, batch) is { } work)
                    all.Add(work);
            }
        }

        // A turn takes about a tenth of a second.
        int[] steps = [.. all.Select(work => Math.Clamp((int)(0.1 / work.Run(isQuick ? 2 : 10)), 1, 2000))];
        double[] best = [.. all.Select(_ => double.MaxValue)];
        for (int turn = 0; turn < (isQuick ? 2 : 7); turn++)
        {
            for (int w = 0; w < all.Count; w++)
                best[w] = Math.Min(best[w], all[w].Run(steps[w]));
        }

        for (int w = 0; w < all.Count; w++)
            Console.WriteLine($"{inputs},{hidden},{factor},{batch},\"{all[w].Name}\",{best[w] * 1e6:0.0},{1 / best[w]:0.0},{best[w] / best[0]:0.00}");
    }
    catch (GpuException error)
    {
        // Another case may fit.
        Console.WriteLine($"# {inputs} → {hidden} × {factor}, batch {batch}: {error.Message}");
    }
    finally
    {
        all.ForEach(work => work.Dispose());
    }
}
