namespace Fpe.Compute;

/// <summary>A part of a batch in the backward pass of a fully connected layer, with activations of its own.</summary>
/// <param name="X">Inputs, as the forward pass read them: [batch, in].</param>
/// <param name="Z">Weighted sums; null unless the activation function needs them (<see cref="ActivationFunctions.NeedsWeightedSums"/>).</param>
/// <param name="Y">Outputs: [batch, out].</param>
/// <param name="Dy">
/// Gradient with respect to the outputs; with a <paramref name="Reader"/>, workspace for it. Undefined afterwards, unless the function is the identity.
/// </param>
/// <param name="Reader">The only layer that reads the outputs, if the gradient is to be computed through it; otherwise null.</param>
/// <param name="Batch">Samples.</param>
public readonly record struct EdgeChunk(Activations X, Activations? Z, Activations Y, Activations Dy, EdgeReader? Reader, int Batch);
