using System.Diagnostics;
using System.Globalization;
using Fpe.Extensions.AI;
using Fpe.Numerics;
using Fpe.Training;

namespace Samples.Sections;

/// <summary>Encodes the texts, trains every contender with every seed, and prints what came out.</summary>
internal static class SectionsRun
{
    private static readonly string[] Examples =
    [
        "text editor for the terminal with syntax highlighting",
        "simulator of chemical reactions",
        "lorem ipsum dolor sit amet",
    ];

    /// <summary>Runs the comparison.</summary>
    public static void Execute(SectionsOptions options) => ExecuteAsync(options).GetAwaiter().GetResult();

    private static async Task ExecuteAsync(SectionsOptions options)
    {
        (SectionTexts train, SectionTexts test) = SectionTexts.Read(mostOfSection: options.Quick ? 40 : int.MaxValue);
        int seeds = options.Seeds ?? (options.Quick ? 1 : 5);
        using CachedEmbeddingGenerator generator = new MiniLmGenerator().CachedIn(options.Cache);
        await EncodeAsync(generator, [.. train.Texts, .. test.Texts]);
        if (options.Arrays is { } folder)
        {
            await SectionArrays.WriteAsync(folder, generator, train, test);
            return;
        }

        var training = new TextClassifierOptions
        {
            Training = new TrainingOptions { Epochs = 30, BatchSize = options.Quick ? 32 : 256, Optimizer = new Adam(1e-3) },
            EmbeddingBatchSize = 256,
            ExamplesPerClass = 0,
        };
        Write($"{train.Count:#,0} texts to train on, {test.Count:#,0} to test, {training.Training.Epochs} epochs, seeds 1 to {seeds}");
        Write($"");
        Write($"| network | weights | test accuracy % |");
        Write($"|---|--:|--:|");
        foreach (Contender contender in Contender.All)
        {
            var accuracies = new double[seeds];
            for (int seed = 0; seed < seeds; seed++)
                accuracies[seed] = 100 * await contender.TestAsync(generator, train, test, training with { Seed = seed + 1 });
            SampleStatistics statistics = SampleStatistics.Of(accuracies);
            string deviation = seeds > 1 ? string.Create(CultureInfo.InvariantCulture, $" ± {statistics.Deviation:0.0}") : "";
            Write($"| {contender.Name} | {contender.Weights:#,0} | {statistics.Mean:0.0}{deviation} |");
        }

        Write($"");
        await PredictAsync(generator, train, training with { ExamplesPerClass = 20 });
    }

    private static async Task EncodeAsync(CachedEmbeddingGenerator generator, string[] texts)
    {
        const int Batch = 256;
        var watch = Stopwatch.StartNew();
        for (int start = 0; start < texts.Length; start += Batch)
        {
            await generator.GenerateAsync(texts.Skip(start).Take(Batch));
            if (generator.GeneratedCount > 0 && (start / Batch) % 10 == 9)
                Write($"{start + Batch:#,0} of {texts.Length:#,0} texts encoded, {watch.Elapsed:h\\:mm\\:ss}");
        }

        Write($"{generator.GeneratedCount:#,0} texts encoded by {generator.GeneratorId} in {watch.Elapsed.TotalSeconds:0} s, {generator.FoundCount:#,0} found on disk");
    }

    /// <summary>The pruned linear classifier is the best of its size here: it is what a program would use.</summary>
    private static async Task PredictAsync(CachedEmbeddingGenerator generator, SectionTexts train, TextClassifierOptions options)
    {
        using TextClassifier<Pruned4Net> classifier = await TextClassifier.TrainAsync<Pruned4Net>(generator, train.Texts, train.Labels, options);
        foreach (string text in Examples)
        {
            ClassProbability? guess = await classifier.PredictAsync(text, threshold: 0.3);
            Write($"{text}: {(guess is { } known ? known.ToString() : "none of them")}");
        }
    }

    private static void Write(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
