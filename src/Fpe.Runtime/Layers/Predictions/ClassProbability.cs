namespace Fpe;

/// <summary>A class, or a label of a multi-label network, with its probability.</summary>
/// <param name="Index">The class, from 0.</param>
/// <param name="Name">Its name; null if the classes have no names.</param>
/// <param name="Probability">Its probability, from 0 to 1.</param>
public readonly record struct ClassProbability(int Index, string? Name, float Probability)
{
    /// <summary>Returns the name, or the number, and the probability.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name ?? FormattableString.Invariant($"{Index}")} {Probability:0.0 %}");
}
