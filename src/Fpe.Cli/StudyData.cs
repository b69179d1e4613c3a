using Fpe.Data;

namespace Fpe.Cli;

/// <summary>The data of a study.</summary>
/// <param name="Train">The training data.</param>
/// <param name="Test">The test data, on which nothing is tuned.</param>
public sealed record StudyData(Dataset Train, Dataset Test);
