namespace Samples.Paper.Results;

/// <summary>The first expanded layer as two pictures.</summary>
/// <param name="Weights">W: one row per neuron, one column per input.</param>
/// <param name="Gram">WᵀW: one row and one column per input.</param>
internal sealed record LayerPictures(MatrixPicture Weights, MatrixPicture Gram);
