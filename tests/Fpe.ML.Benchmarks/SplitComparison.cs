using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML.Benchmarks;

/// <summary>Trainers on the same splits: accuracy on the test part, seconds of <c>Fit</c>, bytes of the saved trainer.</summary>
internal sealed class SplitComparison(MLContext context)
{
    private const int Splits = 5;
    private const double TestPart = 0.2;
    private const double ValidationPart = 0.2;

    private readonly record struct Result(double Accuracy, double Seconds, long Bytes);

    /// <summary>Prints the headings of the table.</summary>
    public static void PrintHeadings()
    {
        Console.WriteLine($"| data | trainer | test accuracy, {Splits} splits | seconds | bytes |");
        Console.WriteLine("|---|---|--:|--:|--:|");
    }

    /// <summary>Compares the contenders of a task, in turn on each split, and prints a line for each.</summary>
    public void Run(LearningTask task)
    {
        var results = new Result[task.Contenders.Count][];
        for (int i = 0; i < results.Length; i++)
            results[i] = new Result[Splits];
        for (int split = 0; split < Splits; split++)
        {
            int seed = split + 1;
            (IDataView train, IDataView test) = Divide(task.Rows, TestPart, seed, task.Prepare);
            (IDataView fitted, IDataView validation) = Divide(train, ValidationPart, seed, prepare: null);
            for (int i = 0; i < results.Length; i++)
                results[i][split] = Measure(task, Best(task, task.Contenders[i], seed, fitted, validation)(seed), train, test);
        }

        for (int i = 0; i < results.Length; i++)
            Print(i == 0 ? task.Name : "", task.Contenders[i].Name, results[i]);
    }

    private static Func<int, IEstimator<ITransformer>> Best(LearningTask task, Contender contender, int seed, IDataView fitted, IDataView validation) =>
        contender.Settings is [var only] ? only : contender.Settings.MaxBy(setting => task.Accuracy(setting(seed).Fit(fitted).Transform(validation)))!;

    private Result Measure(LearningTask task, IEstimator<ITransformer> trainer, IDataView train, IDataView test)
    {
        var clock = Stopwatch.StartNew();
        ITransformer model = trainer.Fit(train);
        TimeSpan time = clock.Elapsed;
        using var file = new MemoryStream();
        context.Model.Save(model, inputSchema: null, file);
        return new Result(task.Accuracy(model.Transform(test)), time.TotalSeconds, file.Length);
    }

    // Rows in memory, so that no Fit reads a file.
    private (IDataView First, IDataView Second) Divide(IDataView rows, double part, int seed, IEstimator<ITransformer>? prepare)
    {
        DataOperationsCatalog.TrainTestData parts = context.Data.TrainTestSplit(rows, part, seed: seed);
        ITransformer? prepared = prepare?.Fit(parts.TrainSet);
        return (InMemory(parts.TrainSet), InMemory(parts.TestSet));

        IDataView InMemory(IDataView view)
        {
            IDataView cached = context.Data.Cache(prepared?.Transform(view) ?? view, "Features", "Label");
            _ = cached.GetColumn<float[]>("Features").Count();
            return cached;
        }
    }

    private static void Print(string data, string trainer, Result[] results)
    {
        double mean = results.Average(result => result.Accuracy);
        double deviation = Math.Sqrt(results.Sum(result => Math.Pow(result.Accuracy - mean, 2)) / (results.Length - 1));
        Console.WriteLine(FormattableString.Invariant(
            $"| {data} | `{trainer}` | {100 * mean:0.0} ± {100 * deviation:0.0} % | {results.Average(result => result.Seconds):0.0} | {results.Average(result => result.Bytes):N0} |"));
    }
}
