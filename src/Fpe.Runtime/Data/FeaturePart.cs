namespace Fpe.Data;

/// <summary>A range of the values of a sample that are of one kind: numbers, or tokens of one vocabulary.</summary>
/// <param name="Start">The first value.</param>
/// <param name="Count">The number of values; for tokens, the number of places.</param>
/// <param name="Vocabulary">The number of different tokens; null if the values are numbers.</param>
internal readonly record struct FeaturePart(int Start, int Count, int? Vocabulary);
