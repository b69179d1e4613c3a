using Fpe.Data;

namespace Samples.Paper.Experiments;

/// <summary>The data of a run.</summary>
/// <param name="Train">The training data.</param>
/// <param name="Test">The test data; nothing is tuned on it.</param>
/// <param name="Clauses">The inputs of each clause; empty if the task has no clauses.</param>
internal sealed record TaskData(Dataset Train, Dataset Test, IReadOnlyList<IReadOnlyList<int>> Clauses);
