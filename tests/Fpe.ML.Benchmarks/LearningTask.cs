using Microsoft.ML;

namespace Fpe.ML.Benchmarks;

/// <summary>Rows and what is predicted from them.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Rows">All rows, with the column <c>Label</c>.</param>
/// <param name="Prepare">Makes the column <c>Features</c>; it learns from training rows only.</param>
/// <param name="Accuracy">The fraction of scored rows whose prediction is right.</param>
/// <param name="Contenders">Who is compared.</param>
internal sealed record LearningTask(string Name, IDataView Rows, IEstimator<ITransformer> Prepare, Func<IDataView, double> Accuracy, params IReadOnlyList<Contender> Contenders);
