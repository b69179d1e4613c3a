using Fpe.Data;

namespace Fpe.Cli;

/// <summary>The data of a study.</summary>
/// <param name="Train">What models learn from.</param>
/// <param name="Test">What they are measured on; nothing is tuned on it.</param>
public sealed record StudyData(Dataset Train, Dataset Test);
