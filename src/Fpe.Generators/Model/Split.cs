namespace Fpe.Generators.Model;

/// <summary>The language's <c>Fpe.Split</c>, value by value: attribute arguments arrive as numbers.</summary>
internal enum Split
{
    Random = 0,
    Clause = 1,
    Feature = 2,
    Learned = 3,
}
