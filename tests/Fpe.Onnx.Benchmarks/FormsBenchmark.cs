using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Expansion;

namespace Fpe.Onnx.Benchmarks;

/// <summary>Exported files of expanded networks in ONNX Runtime, over those of their dense parents: their time and their size.</summary>
internal static class FormsBenchmark
{
    private static readonly int[] Shares = [16, 32, 64];

    /// <summary>Measures shape by shape.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Column[] forms = [new("zeros"), .. Shares.Select(share => new Column($"Share {share}"))];
        Column[] shape = [new("inputs"), new("neurons"), new("factor")];
        var times = new Table("Time in ONNX Runtime over the dense parent's, one thread", [.. shape, new("batch"), new("dense parent µs", "0.0"), .. forms]);
        var bytes = new Table("Bytes of the file over the dense parent's", [.. shape, .. forms]);
        foreach ((int inputs, int neurons, int factor) in new[] { (784, 256, 4), (784, 256, 8), (1024, 1024, 4), (1024, 1024, 8) })
        {
            ExportedFile[] files =
            [
                ExportedFile.OfOneHidden(inputs, neurons, ExpansionPlan.None),
                ExportedFile.OfOneHidden(inputs, neurons, new ExpansionPlan(factor, Share: Shares[0]), dense: true),
                .. Shares.Select(share => ExportedFile.OfOneHidden(inputs, neurons, new ExpansionPlan(factor, Share: share))),
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

        yield return times;
        yield return bytes;
    }
}
