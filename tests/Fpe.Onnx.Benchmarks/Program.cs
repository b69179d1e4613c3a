using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Expansion;
using Fpe.Onnx.Benchmarks;

const int WrongUse = 2;

bool quick = args is ["--quick"];
if (args.Length > 0 && !quick)
{
    Console.Error.WriteLine($"'{string.Join(' ', args)}' is not understood; --quick takes fewer rounds, for a first look and not for figures.");
    return WrongUse;
}

int[] shares = [16, 32, 64];
Column[] forms = [new("zeros"), .. shares.Select(share => new Column($"Share {share}"))];
Column[] shape = [new("inputs"), new("neurons"), new("factor")];
var times = new Table("Time in ONNX Runtime over the dense parent's, one thread", [.. shape, new("batch"), new("dense parent µs", "0.0"), .. forms]);
var bytes = new Table("Bytes of the file over the dense parent's", [.. shape, .. forms]);
foreach ((int inputs, int neurons, int factor) in new[] { (784, 256, 4), (784, 256, 8), (1024, 1024, 4), (1024, 1024, 8) })
{
    ExportedFile[] files =
    [
        new(inputs, neurons, ExpansionPlan.None),
        new(inputs, neurons, new ExpansionPlan(factor, Share: shares[0]), dense: true),
        .. shares.Select(share => new ExportedFile(inputs, neurons, new ExpansionPlan(factor, Share: share))),
    ];
    foreach (int batch in new[] { 1, 256 })
    {
        RoundTimes[] measured = Comparison.Of(quick).Time([.. files.Select(file => file.Work(batch))]);
        times.Add([inputs, neurons, factor, batch, measured[0].Median * 1e6, .. measured[1..].Select(time => (object?)time.Over(measured[0]))]);
    }

    bytes.Add([inputs, neurons, factor, .. files[1..].Select(file => (object?)((double)file.Bytes / files[0].Bytes))]);
    foreach (ExportedFile file in files)
        file.Dispose();
}

times.Write(Console.Out);
bytes.Write(Console.Out);
return 0;
