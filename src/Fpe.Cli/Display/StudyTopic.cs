namespace Fpe.Cli.Display;

/// <summary>What the runs of a report have in common.</summary>
/// <param name="Model">The model that is compared with its dense parent.</param>
/// <param name="Seeds">The number of seeds.</param>
/// <param name="Epochs">The number of epochs of each run.</param>
/// <param name="ExpandAfter">The number of epochs before the split.</param>
internal sealed record StudyTopic(StudyModel Model, int Seeds, int Epochs, int ExpandAfter);
