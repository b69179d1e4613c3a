namespace Samples.Sections;

/// <summary>What the command line asks for.</summary>
/// <param name="Quick">Whether few texts and one seed are enough.</param>
/// <param name="Seeds">The number of seeds, from 1; null for that of the form.</param>
/// <param name="Cache">The folder of embeddings.</param>
/// <param name="Arrays">The folder to write embeddings and classes to as arrays, instead of training; null to train.</param>
internal sealed record SectionsOptions(bool Quick, int? Seeds, string Cache, string? Arrays);
