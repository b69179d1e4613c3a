using System.Diagnostics;
using System.Globalization;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Torch;
using Fpe.Torch.Benchmarks;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Device device = args.Contains("cuda") ? TorchDevice.Cuda() : TorchDevice.Cpu();
torch.set_num_threads(1);
if (args.Contains("memory"))
    Memory(device);
else
    Speed(device);

// Device and CPU engine take turns, and the fastest of each counts, so that other load on the machine troubles neither.
static void Speed(Device device)
{
    WarmUp(device);
    Console.WriteLine($"Microseconds a training step, one thread: {Device.Default.Name}, {device.Name}, ratio");
    foreach ((int inputs, int hidden, int batch) in new[] { (64, 32, 32), (784, 256, 64), (784, 256, 256), (1024, 1024, 256) })
    {
        foreach ((string name, ExpansionPlan plan) in Plans())
        {
            using var here = new Steps(Device.Default, inputs, hidden, batch, plan);
            using var there = new Steps(device, inputs, hidden, batch, plan);
            int steps = Math.Max(1, (int)(50_000 / here.Run(3)));
            (double cpu, double torch) = (double.MaxValue, double.MaxValue);
            for (int turn = 0; turn < 7; turn++)
            {
                cpu = Math.Min(cpu, here.Run(steps));
                torch = Math.Min(torch, there.Run(steps));
            }

            Console.WriteLine($"{inputs} → {hidden} → 10, batch {batch}, {name,-22} {cpu,10:0} {torch,10:0} {torch / cpu,6:0.00}");
        }
    }
}

// Until the runtime has compiled all kernels for good.
static void WarmUp(Device device)
{
    using var here = new Steps(Device.Default, 64, 32, 32, new ExpansionPlan(4));
    using var there = new Steps(device, 64, 32, 32, new ExpansionPlan(4, Share: 32));
    for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(3);)
    {
        here.Run(500);
        there.Run(50);
    }
}

// Memory but for the managed heap, over many steps: it must stay the same.
static void Memory(Device device)
{
    using var steps = new Steps(device, 784, 64, 64, new ExpansionPlan(4, Share: 16));
    for (int done = 0; done <= 10_000; done += 1000)
    {
        GC.Collect();
        double native = Environment.WorkingSet - GC.GetGCMemoryInfo().TotalCommittedBytes;
        Console.WriteLine($"{done,6} steps: {native / 1048576:0.0} MiB, {torch.Tensor.TotalCount} tensors");
        steps.Run(1000);
    }
}

static IEnumerable<(string Name, ExpansionPlan Plan)> Plans() =>
[
    ("dense parent", ExpansionPlan.None),
    ("× 4", new ExpansionPlan(4)),
    ("× 4, share 8", new ExpansionPlan(4, Share: 8)),
    ("× 4, share 32", new ExpansionPlan(4, Share: 32)),
    ("× 8, share 32", new ExpansionPlan(8, Share: 32)),
];
