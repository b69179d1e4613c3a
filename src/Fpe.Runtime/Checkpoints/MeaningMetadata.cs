using System.Globalization;
using System.Text.Json;

namespace Fpe.Checkpoints;

/// <summary>Writes the meaning of a model as metadata of a file, and reads it.</summary>
public static class MeaningMetadata
{
    /// <summary>Returns the entries of what is known: <c>fpe.task</c>, <c>fpe.classes</c> and so on; docs/results.md describes them.</summary>
    /// <param name="meaning">The meaning.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(ModelMeaning meaning)
    {
        ArgumentNullException.ThrowIfNull(meaning);
        return Entries(meaning);
    }

    private static IEnumerable<KeyValuePair<string, string>> Entries(ModelMeaning meaning)
    {
        if (meaning.Task is { } task)
            yield return new(FileKeys.Task, task.ToString());
        if (meaning.ClassNames is { } names)
            yield return new(FileKeys.Classes, JsonSerializer.Serialize([.. names], MeaningJson.Default.StringArray));
        if (meaning.Threshold != ModelMeaning.Unknown.Threshold)
            yield return new(FileKeys.Threshold, meaning.Threshold.ToString("R", CultureInfo.InvariantCulture));
        if (meaning.Features is { } features)
            yield return new(FileKeys.Features, JsonSerializer.Serialize(StandardizationRecord.Of(features), MeaningJson.Default.StandardizationRecord));
        if (meaning.Targets is { } targets)
            yield return new(FileKeys.Targets, JsonSerializer.Serialize(StandardizationRecord.Of(targets), MeaningJson.Default.StandardizationRecord));
        if (meaning.Encoder is { } encoder)
            yield return new(FileKeys.Encoder, encoder);
    }

    /// <summary>
    /// Reads a meaning. It is all that a file with a task has; of a file without one, what has no entry stays as it is in the model.
    /// </summary>
    /// <param name="reader">The file.</param>
    /// <param name="plan">The model that receives it.</param>
    /// <param name="present">What its outputs mean so far.</param>
    /// <exception cref="CheckpointFormatException">An entry is damaged.</exception>
    /// <exception cref="CheckpointMismatchException">The meaning does not fit the model, or has another task than it.</exception>
    internal static ModelMeaning Read(SafetensorsReader reader, ModelPlan plan, ModelMeaning present)
    {
        ModelTask? task = ReadTask(reader);
        ModelMeaning own = task is null ? present : ModelMeaning.Unknown;
        string? threshold = reader.Metadata.GetValueOrDefault(FileKeys.Threshold);
        var meaning = new ModelMeaning
        {
            Task = task ?? own.Task,
            ClassNames = ReadJson(reader, FileKeys.Classes, MeaningJson.Default.StringArray) ?? own.ClassNames,
            Threshold = threshold is null ? own.Threshold : ReadThreshold(reader, threshold),
            Features = ReadStandardization(reader, FileKeys.Features, plan.InputCount) ?? own.Features,
            Targets = ReadStandardization(reader, FileKeys.Targets, plan.OutputCount) ?? own.Targets,
            Encoder = reader.Metadata.GetValueOrDefault(FileKeys.Encoder) ?? own.Encoder,
        };
        if (present.Task is { } expected && task is { } found && found != expected)
            throw new CheckpointMismatchException(reader.File, $"its task is {found.Text()}, but that of {plan.Name} is {expected.Text()}; load it into a model without a task, or into the model that was saved.");
        try
        {
            MeaningFit.Check(meaning, plan);
        }
        catch (ModelMeaningException error)
        {
            throw new CheckpointMismatchException(reader.File, $"its meaning does not fit: {error.Message}");
        }

        return meaning;
    }

    private static ModelTask? ReadTask(SafetensorsReader reader) => reader.Metadata.GetValueOrDefault(FileKeys.Task) switch
    {
        null => null,
        nameof(ModelTask.Classification) => ModelTask.Classification,
        nameof(ModelTask.BinaryClassification) => ModelTask.BinaryClassification,
        nameof(ModelTask.MultiLabel) => ModelTask.MultiLabel,
        nameof(ModelTask.Regression) => ModelTask.Regression,
        var text => throw new CheckpointMismatchException(reader.File, $"metadata {FileKeys.Task} is {text}, but this library knows {string.Join(", ", Enum.GetNames<ModelTask>())}; update the library."),
    };

    private static double ReadThreshold(SafetensorsReader reader, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double threshold)
            ? threshold
            : throw new CheckpointFormatException(reader.File, $"metadata {FileKeys.Threshold} is {text}, which is not a number; save the model again.");

    private static Data.Standardization? ReadStandardization(SafetensorsReader reader, string key, int width)
    {
        if (ReadJson(reader, key, MeaningJson.Default.StandardizationRecord) is not { } record)
            return null;
        return record.Problem(width) is { } problem
            ? throw new CheckpointMismatchException(reader.File, $"metadata {key} {problem}; load it into the model that was saved.")
            : record.ToStandardization(width);
    }

    private static T? ReadJson<T>(SafetensorsReader reader, string key, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        if (reader.Metadata.GetValueOrDefault(key) is not { } json)
            return null;
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new CheckpointFormatException(reader.File, $"metadata {key} is not what this library writes: {error.Message} Save the model again.", error);
        }
    }
}
