namespace Samples.Paper.Results;

/// <summary>Where the loss of a run was no longer finite.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step in the epoch, from 1.</param>
internal sealed record Divergence(int Epoch, int Step);
