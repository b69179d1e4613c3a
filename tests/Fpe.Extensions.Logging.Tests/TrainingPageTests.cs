using System.Runtime.CompilerServices;
using Fpe.Data;
using Fpe.Metrics;
using Fpe.Training;
using Microsoft.Extensions.Logging;

namespace Fpe.Extensions.Logging.Tests;

/// <summary>The code of docs/training.md, as it is there.</summary>
public sealed class TrainingPageTests
{
    private static readonly Dataset Data = Dataset.OfClasses("corners", 2, [1, 0, 0, 1, 1, 1, 0, 0.5f], [0, 1, 0, 1], 2);

    [Fact]
    public void Every_line_of_code_on_the_page_is_in_this_file()
    {
        string own = FileOfThis();
        string[] known = [.. File.ReadLines(own).Select(line => line.Trim())];
        string page = Path.Combine(Path.GetDirectoryName(own)!, "..", "..", "docs", "training.md");
        string[] code = [.. Code(File.ReadAllLines(page))];
        Assert.True(code.Length > 10);
        Assert.Empty(code.Except(known));
    }

    [Fact]
    public void Classes_that_are_rare()
    {
        using var model = new SmallNet(seed: 1);
        (Dataset train, Dataset validation) = (Data, Data);
        using var console = new StringWriter();
        TextWriter before = Console.Out;
        Console.SetOut(console);
        var options = new TrainingOptions
        {
            ClassWeights = LossWeights.Balanced,           // or LossWeights.Of(1, 5, 2)
            Metrics = [Metric.F1],
            EarlyStopping = new EarlyStopping(Patience: 10) { Metric = Metric.F1 },
        };
        options = options with { BatchSize = 2, Epochs = 2 };
        new Trainer(options, new ConsoleObserver()).Fit(model, train, validation);
        Console.SetOut(before);
        Assert.Contains("  F1 ", console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Smoothed_and_focal()
    {
        var smoothed = new TrainingOptions { Loss = new SoftmaxCrossEntropyLoss { LabelSmoothing = 0.1 } };
        var focal = new TrainingOptions { Loss = new SigmoidCrossEntropyLoss { FocalGamma = 2 }, PositiveWeights = LossWeights.Of(3) };
        Assert.Equal(("softmax cross-entropy, label smoothing 0.1", "sigmoid cross-entropy, focal gamma 2"), (smoothed.Loss.Name, focal.Loss.Name));
    }

    [Fact]
    public void Learning_rates_and_logs()
    {
        using var model = new SmallNet(seed: 1);
        (Dataset train, Dataset validation) = (Data, Data);
        var logger = new ListLogger(LogLevel.Information);
        var options = new TrainingOptions { Schedule = new ReduceOnPlateauSchedule(Gamma: 0.5, Patience: 5) { Metric = Metric.F1 } };
        options = options with { BatchSize = 2 };
        new Trainer(options, new LoggingObserver(logger)).Fit(model, train, validation);
        Assert.Contains("F1", logger.Entries[^2].Values.Keys);
    }

    private static IEnumerable<string> Code(string[] page)
    {
        bool isCode = false;
        foreach (string line in page)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isCode = line == "```csharp";
            else if (isCode && line.Length > 0 && line != "using Fpe.Extensions.Logging;")
                yield return line.Trim();
        }
    }

    private static string FileOfThis([CallerFilePath] string path = "") => path;
}
