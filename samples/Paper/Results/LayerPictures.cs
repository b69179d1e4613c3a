namespace Samples.Paper.Results;

/// <summary>The first expanded layer as two pictures.</summary>
/// <param name="Weights">W: a row a neuron, a column an input.</param>
/// <param name="Gram">WᵀW: a row and a column an input.</param>
internal sealed record LayerPictures(MatrixPicture Weights, MatrixPicture Gram);
