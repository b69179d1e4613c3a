using System.IO.Compression;
using System.Text;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Data.Text;

namespace Fpe.Benchmarks;

/// <summary>Tokenizers on 22,000 one-line descriptions, and batches of their tokens; the data is that of <c>samples/Paper</c>.</summary>
internal static class TokensBenchmark
{
    private const int Places = 256;
    private const int BatchSize = 256;

    /// <summary>Measures tokenizers first, then batches.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        string[] texts = ReadTexts();
        yield return Tokenizers(comparison, texts);
        yield return Batches(comparison, texts);
    }

    private static Table Tokenizers(Comparison comparison, string[] texts)
    {
        (string Name, ITokenizer Tokenizer)[] all =
        [
            ("characters 3 to 5", new HashingTokenizer(1 << 16, characters: new(3, 5))),
            ("characters 3 to 5 over words", new HashingTokenizer(1 << 16, characters: new(3, 5), marksWords: false)),
            ("words 1 to 2", new HashingTokenizer(1 << 16, words: new(1, 2))),
            ("vocabulary of words", new VocabularyTokenizer(WordVocabulary.Counted("descriptions", texts, minimumCount: 2))),
        ];
        var tokens = new int[4096];
        RoundTimes[] times = comparison.Time([.. all.Select(one => new LocalWork(() => CountTokens(one.Tokenizer, texts, tokens)))]);
        int bytes = texts.Sum(Encoding.UTF8.GetByteCount);
        var table = new Table(
            $"Tokenizers on {texts.Length} descriptions of {bytes} bytes, one thread",
            new("tokens of", ""), new("tokens"), new("ns a token"), new("million tokens a second"), new("MB of text a second", "0.0"), new("bytes allocated"));
        for (int i = 0; i < all.Length; i++)
        {
            int count = CountTokens(all[i].Tokenizer, texts, tokens);
            long before = GC.GetAllocatedBytesForCurrentThread();
            CountTokens(all[i].Tokenizer, texts, tokens);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            double seconds = times[i].Median;
            table.Add(all[i].Name, count, seconds / count * 1e9, count / seconds / 1e6, bytes / seconds / 1e6, allocated);
        }

        return table;
    }

    /// <summary>What it costs to write rows from compact tokens when a batch is read, over gathering rows that are already written.</summary>
    private static Table Batches(Comparison comparison, string[] texts)
    {
        TokenRows rows = new HashingTokenizer(1 << 16, characters: new(3, 5)).ToRows("descriptions", Places, texts, TooLong.Cut);
        var compact = Dataset.OfClasses("descriptions", rows, new int[rows.Count], classCount: 1);
        Dataset[] datasets = [compact.ToMemory(), compact];
        DeviceDataset[] onDevice = [.. datasets.Select(dataset => new DeviceDataset(dataset, Device.Default, asTargets: false, outputCount: 1))];
        using var batch = new Batch(Device.Default, BatchSize, Places, targetCount: null);
        int[] order = [.. Enumerable.Range(0, rows.Count).Select(i => (int)(i * 7919L % rows.Count))];
        foreach (DeviceDataset dataset in onDevice)
            dataset.SetOrder(order);

        int start = 0;
        RoundTimes[] times = comparison.Time([.. onDevice.Select(dataset => new LocalWork(() => dataset.Gather(Device.Default.Kernels, start = (start + BatchSize) % (rows.Count - BatchSize), batch)))]);
        var table = new Table(
            $"A batch of {BatchSize} samples with {Places} places and {(double)rows.TokenCount / rows.Count:0.0} tokens on average, in random order",
            new("samples", ""), new("µs a batch", "0.0"), new("over written rows"), new("MB in memory", "0.0"));
        table.Add("written rows", times[0].Median * 1e6, 1.0, 4e-6 * rows.Count * Places);
        table.Add("compact tokens", times[1].Median * 1e6, times[1].Over(times[0]), 4e-6 * (rows.TokenCount + rows.Count + 1));
        foreach (DeviceDataset dataset in onDevice)
            dataset.Dispose();
        return table;
    }

    private static int CountTokens(ITokenizer tokenizer, string[] texts, int[] tokens)
    {
        int count = 0;
        foreach (string text in texts)
            count += tokenizer.Tokenize(text, tokens);
        return count;
    }

    private static string[] ReadTexts()
    {
        using Stream packed = typeof(TokensBenchmark).Assembly.GetManifestResourceStream("sections.tsv.gz")!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[1])];
    }
}
