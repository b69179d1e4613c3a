namespace Fpe.Data.Text;

/// <summary>Texts as samples of tokens, with their classes.</summary>
/// <param name="Dataset">The samples.</param>
/// <param name="ClassNames">The name of each class; the label of a sample is an index into it.</param>
/// <param name="CutSamples">The number of texts that had more tokens than places and were cut.</param>
public sealed record ClassifiedTexts(Dataset Dataset, IReadOnlyList<string> ClassNames, int CutSamples);
