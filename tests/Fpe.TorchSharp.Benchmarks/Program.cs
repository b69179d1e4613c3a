using System.Diagnostics;
using System.Globalization;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Torch;
using Fpe.Torch.Benchmarks;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
TorchDevice device = args.Contains("cuda") ? TorchDevice.Cuda() : TorchDevice.Cpu();
torch.set_num_threads(1);
if (args.Contains("memory"))
    Memory(device);
else if (args.Contains("convolutions"))
    Convolve(device);
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

// The two take turns as well.
static void Convolve(TorchDevice device)
{
    Console.WriteLine("Microseconds of processor time for the three kernels, one thread: by matrix products, by libtorch's convolutions, ratio");
    foreach ((Conv2dShape shape, int batch) in new[]
    {
        (new Conv2dShape(new ImageShape(2, 8, 8), 4, 3, 1, 1), 16),
        (new Conv2dShape(new ImageShape(1, 28, 28), 16, 3, 1, 1), 64),
        (new Conv2dShape(new ImageShape(16, 14, 14), 32, 3, 1, 1), 64),
        (new Conv2dShape(new ImageShape(16, 28, 28), 32, 3, 2, 1), 64),
        (new Conv2dShape(new ImageShape(3, 32, 32), 32, 5, 1, 2), 64),
        (new Conv2dShape(new ImageShape(64, 16, 16), 64, 1), 64),
        (new Conv2dShape(new ImageShape(64, 8, 8), 128, 3, 1, 1), 128),
    })
    {
        using var convolutions = new Convolutions(device, shape, batch);
        (double ours, double theirs) = (double.MaxValue, double.MaxValue);
        for (int turn = 0; turn < 9; turn++)
        {
            ours = Math.Min(ours, Time(convolutions.Ours));
            theirs = Math.Min(theirs, Time(convolutions.Libtorch));
        }

        Console.WriteLine($"{shape.Input} → {shape.Output}, kernel {shape.Window.Rows.Kernel}, stride {shape.Window.Rows.Stride}, batch {batch}: {ours:0} {theirs:0} {ours / theirs:0.00}");
    }

    static double Time(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime, end;
        int calls = 0;
        do
        {
            action();
            calls++;
            end = Environment.CpuUsage.TotalTime;
        }
        while ((end - start).TotalMilliseconds < 40);
        return (end - start).TotalMicroseconds / calls;
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
