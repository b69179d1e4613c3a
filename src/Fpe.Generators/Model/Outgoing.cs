namespace Fpe.Generators.Model;

/// <summary>The language's <c>Fpe.Outgoing</c>, value by value: attribute arguments arrive as numbers.</summary>
internal enum Outgoing
{
    Prune = 0,
    Deal = 1,
}
