using System.Globalization;
using Fpe.Data;
using Fpe.Metrics;

namespace Fpe.Training;

/// <summary>Writes one line per epoch: losses, accuracies, metrics, learning rate and remaining time.</summary>
/// <param name="output">Receives the lines; null for the console.</param>
/// <param name="time">Measures the time; null for the system clock.</param>
public sealed class ConsoleObserver(TextWriter? output = null, TimeProvider? time = null) : ITrainingObserver
{
    private const int MostClasses = 5;

    private readonly TextWriter output = output ?? Console.Out;
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private long start;
    private int firstEpoch;
    private int epochs;

    /// <inheritdoc/>
    public void TrainingStarted(Model model, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (start, firstEpoch, epochs) = (time.GetTimestamp(), options.StartEpoch, options.Epochs);
    }

    /// <inheritdoc/>
    public void ClassesMissing(Model model, Dataset train, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(classes);
        IReadOnlyList<string>? names = model.Meaning.ClassNames;
        string named = string.Join(", ", classes.Take(MostClasses).Select(number => names is null ? FormattableString.Invariant($"{number}") : $"\"{names[number]}\""));
        string others = classes.Count > MostClasses ? FormattableString.Invariant($" and {classes.Count - MostClasses} more") : "";
        Write($"no sample of {train.Name} is of {(classes.Count == 1 ? "class" : "the classes")} {named}{others}: the model learns that this never occurs; add samples if it does");
    }

    /// <inheritdoc/>
    public void TrainingResumed(Model model, IReadOnlyList<EpochReport> finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        if (finished.Count > 0)
            firstEpoch = finished[^1].Epoch;
        Write($"resumed after epoch {firstEpoch}");
    }

    /// <inheritdoc/>
    public void ModelExpanded(Model model, int epochs)
    {
        ArgumentNullException.ThrowIfNull(model);
        Write($"expanded after epoch {epochs}: {model.WeightCount:#,0} weights");
    }

    /// <inheritdoc/>
    public void EpochEnded(Model model, EpochReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string train = Measured("loss", report.TrainLoss, report.TrainAccuracy);
        string validation = report.Validation is { } measured ? "  " + Measured("validation", measured.Loss, measured.Accuracy) : "";
        string metrics = string.Concat((report.Metrics ?? new Dictionary<Metric, double>()).Select(metric => FormattableString.Invariant($"  {metric.Key} {metric.Value:0.0000}")));
        TimeSpan left = time.GetElapsedTime(start) / (report.Epoch - firstEpoch) * (epochs - report.Epoch);
        Write($"epoch {report.Epoch}/{epochs}  {train}{validation}{metrics}  rate {report.LearningRate:0.0####e-0}  {Text(left)} left");
    }

    /// <inheritdoc/>
    public void TrainingEnded(Model model, TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string best = result.BestEpoch is { } epoch ? string.Create(CultureInfo.InvariantCulture, $"; the weights are those of epoch {epoch}") : "";
        Write($"{Wording(result.StopReason)} after {Text(time.GetElapsedTime(start))}{best}");
    }

    private static string Wording(StopReason reason) => reason switch
    {
        StopReason.Completed => "completed",
        StopReason.EarlyStopped => "stopped early",
        StopReason.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, message: null),
    };

    // Hours, minutes and seconds; a day is 24 hours.
    private static string Text(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{((long)span.Days * 24) + span.Hours}:{span:mm\\:ss}");

    private static string Measured(string what, double loss, double? accuracy) => accuracy is { } fraction
        ? string.Create(CultureInfo.InvariantCulture, $"{what} {loss:0.0000} ({fraction:0.0 %})")
        : string.Create(CultureInfo.InvariantCulture, $"{what} {loss:0.0000}");

    private void Write(FormattableString line) => output.WriteLine(FormattableString.Invariant(line));
}
