using Fpe.Data;

namespace Samples.Paper.Experiments;

/// <summary>The data of a run.</summary>
/// <param name="Train">What networks learn from.</param>
/// <param name="Test">What they are measured on; nothing is tuned on it.</param>
/// <param name="Clauses">The inputs of each clause; empty where the task has no clauses.</param>
internal sealed record TaskData(Dataset Train, Dataset Test, IReadOnlyList<IReadOnlyList<int>> Clauses);
