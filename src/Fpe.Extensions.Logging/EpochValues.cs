using System.Collections;
using System.Globalization;
using Fpe.Metrics;
using Fpe.Training;

namespace Fpe.Extensions.Logging;

/// <summary>The structured values of the message about an epoch; those that were not measured are left out.</summary>
internal sealed class EpochValues : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> values;
    private readonly string text;

    public EpochValues(string model, int epochs, EpochReport report)
    {
        values = [new("Model", model), new("Epoch", report.Epoch), new("Epochs", epochs), .. Measured(report)];
        text = $"{model}: epoch {report.Epoch}/{epochs}: {string.Join(", ", Measured(report).Select(Text))}";
        values.Add(new("{OriginalFormat}", "{Model}: epoch {Epoch}/{Epochs}: " + string.Join(", ", Measured(report).Select(value => $"{value.Key} {{{value.Key}}}"))));
    }

    public int Count => values.Count;

    public KeyValuePair<string, object?> this[int index] => values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => text;

    private static IEnumerable<KeyValuePair<string, object?>> Measured(EpochReport report)
    {
        yield return new("TrainLoss", report.TrainLoss);
        if (report.TrainAccuracy is { } trainAccuracy)
            yield return new("TrainAccuracy", trainAccuracy);
        if (report.Validation is { } validation)
        {
            yield return new("ValidationLoss", validation.Loss);
            if (validation.Accuracy is { } accuracy)
                yield return new("ValidationAccuracy", accuracy);
        }

        foreach ((Metric metric, double value) in report.Metrics ?? new Dictionary<Metric, double>())
            yield return new(metric.ToString(), value);
        yield return new("LearningRate", report.LearningRate);
    }

    private static string Text(KeyValuePair<string, object?> value) =>
        $"{value.Key} {((double)value.Value!).ToString(value.Key == "LearningRate" ? "0.0####e-0" : "0.0000", CultureInfo.InvariantCulture)}";
}
