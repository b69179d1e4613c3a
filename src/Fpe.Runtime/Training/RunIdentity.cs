using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Files;

namespace Fpe.Training;

/// <summary>
/// Everything that the bits of a run depend on, as names and strings. A run can be resumed only if all are equal, except the number of
/// epochs; see <see cref="CheckpointOptions.Resume"/>.
/// </summary>
internal static partial class RunIdentity
{
    private const int SamplesForAll = 256;
    private const string Standardization = "standardization";

    /// <summary>Describes a run.</summary>
    public static SortedDictionary<string, string> Of(Model model, TrainingOptions options, Dataset train, Dataset? validation) => new(StringComparer.Ordinal)
    {
        ["plan"] = PlanJson.Write(model.Plan),
        ["model seed"] = Text(model.Seed),
        ["number format"] = model.Device.ElementType.ToString(),
        [Standardization] = TextOf(model.Meaning),
        ["training data"] = Fingerprint(train),
        ["validation data"] = validation is null ? "none" : Fingerprint(validation),
        [nameof(options.Epochs)] = Text(options.Epochs),
        [nameof(options.StartEpoch)] = Text(options.StartEpoch),
        [nameof(options.BatchSize)] = Text(options.BatchSize),
        [nameof(options.BatchesPerStep)] = Text(options.BatchesPerStep),
        [nameof(options.DataParallel)] = Text(options.DataParallel is { Chunks: var chunks } ? $"in {chunks} chunks" : null),
        [nameof(options.ExpandAfter)] = Text(options.ExpandAfter),
        [nameof(options.Expansion)] = Text(options.Expansion),
        [nameof(options.EdgeLearning)] = Text(options.EdgeLearningOf(model.Plan)),
        [nameof(options.Optimizer)] = Text(options.Optimizer),
        [nameof(options.Schedule)] = Text(options.Schedule),
        [nameof(options.Loss)] = options.Loss.Name,
        [nameof(options.ClassWeights)] = Text(options.ClassWeights),
        [nameof(options.PositiveWeights)] = Text(options.PositiveWeights),
        [nameof(options.Metrics)] = options.Metrics.Count == 0 ? Text<object>(null) : string.Join(", ", options.Metrics),
        [nameof(options.MaximumGradientNorm)] = Text(options.MaximumGradientNorm),
        [nameof(options.EarlyStopping)] = Text(options.EarlyStopping),
        [nameof(options.Seed)] = Text(options.Seed ?? model.Seed),
    };

    /// <summary>Compares a stored identity with that of a run.</summary>
    /// <param name="stored">The stored identity.</param>
    /// <param name="own">The identity of the run.</param>
    /// <param name="changesRate">Whether the learning rate and the schedule may differ.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="CheckpointMismatchException">An entry differs; the message shows its name and both values.</exception>
    public static void RequireSame(IReadOnlyDictionary<string, string> stored, IReadOnlyDictionary<string, string> own, bool changesRate, string file)
    {
        foreach (string name in own.Keys.Union(stored.Keys).Where(name => name != nameof(TrainingOptions.Epochs)))
        {
            (string theirs, string ours) = (stored.GetValueOrDefault(name, NameOfNothing(name)), own.GetValueOrDefault(name, "missing"));
            if (theirs == ours || (changesRate && HasOtherRate(name, theirs, ours)))
                continue;
            bool isRate = !changesRate && HasOtherRate(name, theirs, ours);
            string fix = isRate ? "resume with the same, set CheckpointOptions.ChangesLearningRate, or start another run in another folder" : "resume a run with the options it was started with, or start another one in another folder";
            throw new CheckpointMismatchException(file, $"{name} is {theirs} in the checkpoint, but {ours} now; {fix}.");
        }
    }

    /// <summary>Whether two entries differ in nothing but how large steps are.</summary>
    private static bool HasOtherRate(string name, string theirs, string ours) =>
        name == nameof(TrainingOptions.Schedule) || (name == nameof(TrainingOptions.Optimizer) && Rate().Replace(theirs, "") == Rate().Replace(ours, ""));

    [GeneratedRegex(@"\bLearningRate = [^,} ]+", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    // Earlier versions did not write these entries.
    private static string NameOfNothing(string name) => name switch
    {
        nameof(TrainingOptions.BatchesPerStep) => Text(1),
        nameof(TrainingOptions.EdgeLearning) or Standardization or nameof(TrainingOptions.ClassWeights) or nameof(TrainingOptions.PositiveWeights)
            or nameof(TrainingOptions.Metrics) or nameof(TrainingOptions.DataParallel) => Text<object>(null),
        _ => "missing",
    };

    private static string TextOf(ModelMeaning meaning)
    {
        string[] entries = [.. MeaningMetadata.Of(new ModelMeaning { Features = meaning.Features, Targets = meaning.Targets }).Select(entry => entry.Value)];
        if (entries.Length == 0)
            return Text<object>(null);
        var checksum = new Crc32C();
        checksum.Add(Encoding.UTF8.GetBytes(string.Concat(entries)));
        return string.Create(CultureInfo.InvariantCulture, $"that of {(meaning.Features is null ? "targets" : meaning.Targets is null ? "samples" : "samples and targets")}, checksum {checksum.Value:x8}");
    }

    /// <summary>
    /// Returns the size and checksum of a data set. If it is not in memory, the checksum covers a subset of the samples, because there may
    /// be many.
    /// </summary>
    private static string Fingerprint(Dataset dataset)
    {
        var checksum = new Crc32C();
        int distance = dataset.IsInMemory ? 1 : Math.Max(1, dataset.Count / SamplesForAll);
        for (int s = 0; s < dataset.Count; s += distance)
            checksum.Add(MemoryMarshal.AsBytes(dataset.Sample(s)));
        checksum.Add(MemoryMarshal.AsBytes<int>(dataset.Labels));
        checksum.Add(MemoryMarshal.AsBytes<float>(dataset.Targets));
        checksum.Add(MemoryMarshal.AsBytes<float>(dataset.Weights));
        return string.Create(CultureInfo.InvariantCulture, $"{dataset.Count} samples of {dataset.FeatureCount} values, checksum {checksum.Value:x8}");
    }

    /// <summary>Returns a value as a string. Records print all of their members, but in the culture of the thread.</summary>
    private static string Text<T>(T? value)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return value?.ToString() ?? "none";
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
