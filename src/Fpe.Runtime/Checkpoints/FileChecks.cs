using System.Globalization;

namespace Fpe.Checkpoints;

/// <summary>Checks that files of models and of quantised networks share.</summary>
internal static class FileChecks
{
    /// <summary>Checks the number of weights against what the compiler proved.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="plan">The model.</param>
    /// <param name="isExpanded">Whether the file has an expanded model.</param>
    /// <param name="weights">The number of its weights.</param>
    /// <exception cref="CheckpointMismatchException">It differs.</exception>
    public static void RequireCount(SafetensorsReader reader, ModelPlan plan, bool isExpanded, long weights)
    {
        long most = plan.LearnsEdges ? plan.WeightsBeforePruning : plan.ExpandedWeights;
        (long least, string text) = !isExpanded ? (most = plan.DenseWeights, $"{plan.DenseWeights}")
            : (plan.ExpandedWeights, plan.LearnsEdges ? $"from {plan.ExpandedWeights} to {most} while edges are learned" : $"{most}");
        if (weights < least || weights > most)
            throw new CheckpointMismatchException(reader.File, $"it has {weights} weights, but the compiler proved {text} for {plan.Name}; load it into the model that was saved.");
    }

    /// <summary>Reads a flag of the metadata.</summary>
    /// <exception cref="CheckpointFormatException">It is missing, or neither true nor false.</exception>
    public static bool ReadFlag(SafetensorsReader reader, string key) => reader.Metadata.GetValueOrDefault(key) switch
    {
        "true" => true,
        "false" => false,
        var text => throw new CheckpointFormatException(reader.File, $"metadata {key} is {text ?? "missing"}, but must be true or false; save the model again."),
    };

    /// <summary>Reads the seed of the saved model.</summary>
    /// <exception cref="CheckpointFormatException">The metadata does not contain a seed.</exception>
    public static long ReadSeed(SafetensorsReader reader)
    {
        string? text = reader.Metadata.GetValueOrDefault(FileKeys.Seed);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed)
            ? seed
            : throw new CheckpointFormatException(reader.File, $"metadata {FileKeys.Seed} is {text ?? "missing"}, which is not a seed; save the model again.");
    }
}
