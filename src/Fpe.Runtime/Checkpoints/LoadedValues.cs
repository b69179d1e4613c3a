namespace Fpe.Checkpoints;

/// <summary>The values of a parameter whose elements all exist.</summary>
/// <param name="Layer">The position of its layer.</param>
/// <param name="Index">The index of the parameter in the layer.</param>
/// <param name="IsWeight">Whether they are weights.</param>
/// <param name="Values">The values.</param>
internal sealed record LoadedValues(int Layer, int Index, bool IsWeight, double[] Values);
