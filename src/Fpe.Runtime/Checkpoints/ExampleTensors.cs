using System.Globalization;
using Fpe.Data;

namespace Fpe.Checkpoints;

/// <summary>Examples that a model file keeps, so that the model can be trained further without forgetting them.</summary>
internal static class ExampleTensors
{
    private const string Features = FileKeys.ExampleTensors + "features";
    private const string Labels = FileKeys.ExampleTensors + "labels";

    /// <summary>Returns the entry that says how many there are.</summary>
    public static KeyValuePair<string, string> Metadata(Dataset examples) => new(FileKeys.Examples, examples.Count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Returns samples as they were read, [count, inputs], and their classes.</summary>
    /// <exception cref="DatasetException">The examples do not fit the model, or are standardised already.</exception>
    public static IEnumerable<Tensor> Of(Dataset examples, ModelPlan plan)
    {
        if (examples.FeatureCount != plan.InputCount)
            throw new DatasetException(examples.Name, $"its samples have {examples.FeatureCount} values, but {plan.Name} reads {plan.InputCount}; save it with a model that reads them.");
        if (examples.Labels is not { } labels || examples.OutputCount != ClassesOf(plan))
            throw new DatasetException(examples.Name, $"its samples have {examples.OutputCount} {(examples.HasLabels ? "classes" : "target values")}, but {plan.Name} predicts {ClassesOf(plan)} classes; save examples of the same classes.");
        if (examples.Standardization is not null)
            throw new DatasetException(examples.Name, "its samples are standardised already; pass them as they were read.");
        return
        [
            new TensorOf<float>(Features, TensorType.F32, [examples.Count, plan.InputCount], examples.ToMemory().Features!),
            Tensor.OfIndices(Labels, labels, examples.OutputCount),
        ];
    }

    /// <summary>Reads the examples of a file; null if it has none.</summary>
    /// <exception cref="CheckpointFormatException">Their number is damaged.</exception>
    /// <exception cref="CheckpointMismatchException">They do not fit the model.</exception>
    /// <exception cref="CheckpointValueException">A value is not finite.</exception>
    public static Dataset? Read(SafetensorsReader reader, ModelPlan plan)
    {
        if (reader.Metadata.GetValueOrDefault(FileKeys.Examples) is not { } text)
            return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0)
            throw new CheckpointFormatException(reader.File, $"metadata {FileKeys.Examples} is {text}, which is not a number of examples; save the model again.");
        int[] labels = reader.ReadIndices(Labels, count, ClassesOf(plan));
        float[] features = Array.ConvertAll(reader.ReadNumbers(Features, count, plan.InputCount), value => (float)value);
        int wrong = Array.FindIndex(features, value => !float.IsFinite(value));
        return wrong < 0
            ? Dataset.OfClasses(reader.File, plan.InputCount, features, labels, ClassesOf(plan))
            : throw new CheckpointValueException(reader.File, FormattableString.Invariant($"{Features} is {features[wrong]} at [{wrong / plan.InputCount}, {wrong % plan.InputCount}]; save the model again with finite examples."));
    }

    /// <summary>One output decides between two classes.</summary>
    private static int ClassesOf(ModelPlan plan) => Math.Max(2, plan.OutputCount);
}
