using Microsoft.ML;

namespace Fpe.ML.Benchmarks;

/// <summary>A trainer that takes part in a comparison.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Settings">Settings of it, made for a seed. On each split, the best on a part of the training rows is used.</param>
internal sealed record Contender(string Name, params IReadOnlyList<Func<int, IEstimator<ITransformer>>> Settings);
