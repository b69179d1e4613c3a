namespace Fpe.Checkpoints;

/// <summary>Values of a parameter whose elements all exist.</summary>
/// <param name="Layer">Position of its layer.</param>
/// <param name="Index">Which of the layer's parameters.</param>
/// <param name="IsWeight">Whether they are weights.</param>
/// <param name="Values">The values.</param>
internal sealed record LoadedValues(int Layer, int Index, bool IsWeight, double[] Values);
