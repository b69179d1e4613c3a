using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>Decides which child of a neuron receives which of its incoming edges.</summary>
internal interface ISplitStrategy
{
    /// <summary>Draws the partition of one group of neurons.</summary>
    /// <param name="childOf">Receives the child of each input, from 0 to <paramref name="children"/> − 1; no child is left empty.</param>
    /// <param name="children">Children per neuron; at most the number of inputs.</param>
    /// <param name="random">Random numbers; groups draw from it one after the other.</param>
    void Draw(Span<int> childOf, int children, RandomStream random);
}
