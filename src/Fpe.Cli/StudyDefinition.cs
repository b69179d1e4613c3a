using Fpe.Training;

namespace Fpe.Cli;

/// <summary>
/// A comparison of expanded models with their dense parents on one task: what a program passes to <see cref="Study.Run(string[], StudyDefinition)"/>.
/// Options of the command line change the rest.
/// </summary>
/// <param name="Name">Name of the task.</param>
/// <param name="Description">A sentence or two for <c>--help</c>.</param>
/// <param name="Load">Loads the data, once.</param>
public sealed record StudyDefinition(string Name, string Description, Func<StudyData> Load)
{
    /// <summary>How the models are trained, but for the options of the command line. The loss has to know right answers.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>The models to choose from; at least one. The first is the default.</summary>
    public required IReadOnlyList<StudyModel> Models { get; init; }

    /// <summary>The files that <see cref="Load"/> reads, so that no report is written over them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The devices to choose from; at least one. The first is the default.</summary>
    public IReadOnlyList<StudyDevice> Devices { get; init; } = [StudyDevice.Cpu];

    /// <summary>Number of seeds unless the command line says otherwise.</summary>
    public int Seeds { get; init; } = 10;
}
