namespace Fpe.Data;

/// <summary>Samples with classes that have names.</summary>
/// <param name="Dataset">The samples.</param>
/// <param name="ClassNames">The name of each class; the label of a sample is an index into it.</param>
public sealed record NamedClasses(Dataset Dataset, IReadOnlyList<string> ClassNames);
