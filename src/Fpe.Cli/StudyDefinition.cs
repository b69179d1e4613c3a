using Fpe.Training;

namespace Fpe.Cli;

/// <summary>
/// A comparison of expanded models with their dense parents on one task, which a program passes to
/// <see cref="Study.Run(string[], StudyDefinition)"/>. Command-line options can override its settings.
/// </summary>
/// <param name="Name">The name of the task.</param>
/// <param name="Description">One or two sentences for <c>--help</c>.</param>
/// <param name="Load">Loads the data, once.</param>
public sealed record StudyDefinition(string Name, string Description, Func<StudyData> Load)
{
    /// <summary>Gets the training options, except those set on the command line. The loss must define correct answers.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Gets the models to choose from; at least one. The first is the default.</summary>
    public required IReadOnlyList<StudyModel> Models { get; init; }

    /// <summary>Gets the files that <see cref="Load"/> reads, so that no report overwrites them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Gets the devices to choose from; at least one. The first is the default.</summary>
    public IReadOnlyList<StudyDevice> Devices { get; init; } = [StudyDevice.Cpu];

    /// <summary>Gets the number of seeds if the command line does not specify it.</summary>
    public int Seeds { get; init; } = 10;
}
