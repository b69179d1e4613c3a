using Fpe.Compute;

namespace Fpe.Onnx.Import;

/// <summary>The network of a file: layers, each of which reads the one before it.</summary>
/// <param name="InputCount">The number of values of a sample.</param>
/// <param name="Image">The image that a sample is; null if it is a vector.</param>
/// <param name="Steps">The layers, from input to output.</param>
/// <param name="Notes">What was left out without changing the predicted classes.</param>
internal sealed record Chain(int InputCount, ImageShape? Image, IReadOnlyList<ChainStep> Steps, IReadOnlyList<string> Notes);
